import { defineWords } from "./kernel/language.ts";

/** The main navigation. */
export const appWords = defineWords({
  vi: { offers: "Chào bán", requests: "Tìm mua", indicators: "Chỉ tiêu", workspace: "Không gian làm việc", office: "Văn phòng" },
  en: { offers: "Offers", requests: "Needs", indicators: "Indicators", workspace: "Workspace", office: "Office" },
  km: { offers: "ការផ្តល់ជូន", requests: "តម្រូវការ", indicators: "សូចនាករ", workspace: "កន្លែងធ្វើការ", office: "ការិយាល័យ" },
});
