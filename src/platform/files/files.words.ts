import { defineWords } from "../../kernel/language.ts";

/** Sentences for the refusals of `checkUpload`, by the key without "file.". */
export const fileWords = defineWords({
  vi: {
    why: {
      too_large: "Tệp quá lớn.",
      type_not_allowed: "Loại tệp này không được nhận ở đây.",
      name_invalid: "Tên tệp không hợp lệ. Hãy đổi tên (tối đa 120 ký tự, có phần mở rộng).",
      empty: "Tệp rỗng.",
      content_differs: "Nội dung tệp không khớp với phần mở rộng, hoặc tệp bị hỏng.",
    },
  },
  en: {
    why: {
      too_large: "The file is too large.",
      type_not_allowed: "This type of file is not accepted here.",
      name_invalid: "The file name is not valid. Rename it (at most 120 characters, with an extension).",
      empty: "The file is empty.",
      content_differs: "The content does not match the extension, or the file is damaged.",
    },
  },
  km: {
    why: {
      too_large: "ឯកសារធំពេក។",
      type_not_allowed: "ប្រភេទឯកសារនេះមិនទទួលនៅទីនេះទេ។",
      name_invalid: "ឈ្មោះឯកសារមិនត្រឹមត្រូវ។ សូមប្តូរឈ្មោះ (មិនលើស ១២០ តួអក្សរ)។",
      empty: "ឯកសារទទេ។",
      content_differs: "ខ្លឹមសារមិនត្រូវនឹងប្រភេទឯកសារ ឬឯកសារខូច។",
    },
  },
});
