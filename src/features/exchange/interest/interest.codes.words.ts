import { defineWords } from "../../../kernel/language.ts";

/** What states, steps and refusals of interests are called, and what the notices say. */
export const interestCodes = defineWords({
  vi: {
    state: {
      NEW: "Mới",
      SCREENED: "Đã sàng lọc",
      FORWARDED: "Đã chuyển bên nhận",
      ACCEPTED: "Đồng ý trao đổi",
      DECLINED: "Từ chối",
      NO_ANSWER: "Quá hạn phản hồi",
      DEAL_OPENED: "Đã mở giao dịch",
    },
    verb: {
      screen: "Xác nhận đã sàng lọc",
      forward: "Chuyển bên nhận",
      accept: "Đồng ý trao đổi",
      decline: "Từ chối",
      expire: "Đóng do quá hạn",
      open_deal: "Mở giao dịch",
      ask: "Gửi quan tâm",
      assign: "Giao môi giới",
      remind: "Nhắc trả lời",
    },
    reason: {
      PRICE: "Giá không phù hợp",
      TRL_LOW: "Mức sẵn sàng công nghệ thấp",
      FIELD_MISMATCH: "Không phù hợp lĩnh vực",
      HAS_SOLUTION: "Đã có giải pháp",
      MISSING_INFORMATION: "Thiếu thông tin",
      PARTNER_CAPACITY: "Đối tác không đủ năng lực",
      OTHER: "Lý do khác",
    },
    notice: {
      lookup: (code: string, lookupCode: string, address: string) =>
        `Quan tam ${code}: ma tra cuu ${lookupCode}. Xem phan hoi tai ${address}`,
      subject: (code: string) => `Quan tâm ${code}`,
      forwarded: (title: string, address: string) =>
        `Có đơn vị quan tâm đến “${title}”. Xem và trả lời trong 14 ngày tại ${address}`,
      reminded: (title: string, address: string) =>
        `Quan tâm về “${title}” chưa được trả lời sau 7 ngày và sẽ tự đóng sau 14 ngày. Trả lời tại ${address}`,
      answered: (title: string, state: string, address: string) =>
        `Quan tâm của quý vị về “${title}”: ${state}. Xem tại ${address}`,
      answeredGuest: (code: string, address: string) =>
        `Quan tam ${code} da co phan hoi. Xem bang ma tra cuu tai ${address}`,
    },
    why: {
      "interest.missing": "Không tìm thấy quan tâm này.",
      "interest.listing.missing": "Tin đăng không còn được công bố.",
      "interest.own_listing": "Quý vị không thể gửi quan tâm đến tin đăng của chính đơn vị mình.",
      "interest.open_already": "Quý vị đã gửi quan tâm đến tin đăng này và đang chờ trả lời.",
      "interest.step.not_open": "Bước này không thực hiện được ở trạng thái hiện tại.",
      "interest.reason.missing": "Hãy chọn lý do từ chối.",
      "interest.consent.missing": "Cần sự đồng ý của quý vị để sàn xử lý số điện thoại.",
      "interest.lookup.missing": "Không có quan tâm nào với mã này. Hãy kiểm tra lại mã.",
    },
  },
  en: {
    state: {
      NEW: "New",
      SCREENED: "Screened",
      FORWARDED: "Forwarded",
      ACCEPTED: "Agreed to talk",
      DECLINED: "Declined",
      NO_ANSWER: "No answer in time",
      DEAL_OPENED: "Deal opened",
    },
    verb: {
      screen: "Mark as screened",
      forward: "Forward",
      accept: "Agree to talk",
      decline: "Decline",
      expire: "Closed without answer",
      open_deal: "Deal opened",
      ask: "Sent",
      assign: "Given to a broker",
      remind: "Reminded",
    },
    reason: {
      PRICE: "Price",
      TRL_LOW: "Technology not ready enough",
      FIELD_MISMATCH: "Different field",
      HAS_SOLUTION: "Has a solution already",
      MISSING_INFORMATION: "Information is missing",
      PARTNER_CAPACITY: "Partner lacks capacity",
      OTHER: "Other",
    },
    notice: {
      lookup: (code: string, lookupCode: string, address: string) =>
        `Interest ${code}: look-up code ${lookupCode}. See the answer at ${address}`,
      subject: (code: string) => `Interest ${code}`,
      forwarded: (title: string, address: string) =>
        `Somebody is interested in “${title}”. See and answer within 14 days at ${address}`,
      reminded: (title: string, address: string) =>
        `An interest in “${title}” has been unanswered for 7 days and closes after 14. Answer at ${address}`,
      answered: (title: string, state: string, address: string) =>
        `Your interest in “${title}”: ${state}. See ${address}`,
      answeredGuest: (code: string, address: string) => `Interest ${code} has an answer. Look it up at ${address}`,
    },
    why: {
      "interest.missing": "This interest was not found.",
      "interest.listing.missing": "The listing is no longer published.",
      "interest.own_listing": "You cannot express interest in your own organisation's listing.",
      "interest.open_already": "You have already expressed interest in this listing and await an answer.",
      "interest.step.not_open": "This step is not possible in the present state.",
      "interest.reason.missing": "Choose a reason for declining.",
      "interest.consent.missing": "The exchange needs your consent to use the phone number.",
      "interest.lookup.missing": "No interest has this code. Please check it.",
    },
  },
  km: {
    state: {
      NEW: "ថ្មី",
      SCREENED: "បានពិនិត្យ",
      FORWARDED: "បានបញ្ជូន",
      ACCEPTED: "យល់ព្រមពិភាក្សា",
      DECLINED: "បដិសេធ",
      NO_ANSWER: "ហួសពេលឆ្លើយ",
      DEAL_OPENED: "បានបើកកិច្ចព្រមព្រៀង",
    },
    verb: {
      screen: "បញ្ជាក់ថាបានពិនិត្យ",
      forward: "បញ្ជូន",
      accept: "យល់ព្រមពិភាក្សា",
      decline: "បដិសេធ",
      expire: "បិទព្រោះហួសពេល",
      open_deal: "បើកកិច្ចព្រមព្រៀង",
      ask: "ផ្ញើ",
      assign: "ប្រគល់",
      remind: "រំលឹក",
    },
    reason: {
      PRICE: "តម្លៃ",
      TRL_LOW: "បច្ចេកវិទ្យាមិនទាន់រួចរាល់",
      FIELD_MISMATCH: "ខុសវិស័យ",
      HAS_SOLUTION: "មានដំណោះស្រាយរួចហើយ",
      MISSING_INFORMATION: "ខ្វះព័ត៌មាន",
      PARTNER_CAPACITY: "សមត្ថភាពមិនគ្រប់គ្រាន់",
      OTHER: "ផ្សេងទៀត",
    },
    notice: {
      lookup: (code: string, lookupCode: string, address: string) =>
        `${code}៖ លេខកូដ ${lookupCode}។ មើលចម្លើយ៖ ${address}`,
      subject: (code: string) => `ការចាប់អារម្មណ៍ ${code}`,
      forwarded: (title: string, address: string) => `មានអ្នកចាប់អារម្មណ៍ “${title}”។ ឆ្លើយក្នុង 14 ថ្ងៃ៖ ${address}`,
      reminded: (title: string, address: string) => `“${title}” មិនទាន់ឆ្លើយក្រោយ 7 ថ្ងៃ។ ឆ្លើយ៖ ${address}`,
      answered: (title: string, state: string, address: string) => `“${title}”៖ ${state}។ មើល៖ ${address}`,
      answeredGuest: (code: string, address: string) => `${code} មានចម្លើយហើយ៖ ${address}`,
    },
    why: {
      "interest.missing": "រកមិនឃើញ។",
      "interest.listing.missing": "ការផ្សាយនេះលែងបង្ហាញហើយ។",
      "interest.own_listing": "អ្នកមិនអាចផ្ញើទៅការផ្សាយរបស់អង្គភាពខ្លួនឯងទេ។",
      "interest.open_already": "អ្នកបានផ្ញើរួចហើយ ហើយកំពុងរង់ចាំចម្លើយ។",
      "interest.step.not_open": "មិនអាចធ្វើជំហាននេះក្នុងស្ថានភាពបច្ចុប្បន្នទេ។",
      "interest.reason.missing": "សូមជ្រើសរើសមូលហេតុបដិសេធ។",
      "interest.consent.missing": "ត្រូវការការយល់ព្រមរបស់អ្នក។",
      "interest.lookup.missing": "គ្មានលេខកូដនេះទេ សូមពិនិត្យម្ដងទៀត។",
    },
  },
});
