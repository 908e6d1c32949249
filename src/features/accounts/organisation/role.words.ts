import { defineWords } from "../../../kernel/language.ts";

/** What roles are called on pages. */
export const roleWords = defineWords({
  vi: {
    MEMBER_BUYER: "Bên tìm mua", MEMBER_SELLER: "Bên chào bán", TTO_MANAGER: "Phụ trách chuyển giao công nghệ", EXPERT: "Chuyên gia", BROKER: "Môi giới",
    EXCHANGE_OPERATOR: "Vận hành sàn", REVIEWER: "Duyệt tin", PROGRAMME_OFFICER: "Cán bộ theo dõi chương trình", AGENCY_REPORTER: "Cán bộ báo cáo", FINANCE_OFFICER: "Cán bộ tài chính",
    INVEST_OFFICER: "Cán bộ kế hoạch, đầu tư", UNIT_HEAD: "Thủ trưởng đơn vị", SIGNER: "Người ký văn bản", CLERK: "Văn thư", EDITOR: "Biên tập viên", EDITOR_IN_CHIEF: "Trưởng ban biên tập",
    MODERATOR: "Kiểm duyệt ý kiến", DATA_PROTECTION: "Phụ trách bảo vệ dữ liệu cá nhân", AUDITOR: "Kiểm tra, giám sát", SYS_ADMIN: "Quản trị hệ thống",
  },
  en: {
    MEMBER_BUYER: "Buyer", MEMBER_SELLER: "Seller", TTO_MANAGER: "Technology transfer manager", EXPERT: "Expert", BROKER: "Broker",
    EXCHANGE_OPERATOR: "Exchange operator", REVIEWER: "Reviewer", PROGRAMME_OFFICER: "Programme officer", AGENCY_REPORTER: "Agency reporter", FINANCE_OFFICER: "Finance officer",
    INVEST_OFFICER: "Investment officer", UNIT_HEAD: "Head of unit", SIGNER: "Signer", CLERK: "Clerk", EDITOR: "Editor", EDITOR_IN_CHIEF: "Editor in chief",
    MODERATOR: "Moderator", DATA_PROTECTION: "Data protection officer", AUDITOR: "Auditor", SYS_ADMIN: "System administrator",
  },
  km: {
    MEMBER_BUYER: "អ្នកទិញ", MEMBER_SELLER: "អ្នកលក់", TTO_MANAGER: "អ្នកទទួលបន្ទុកផ្ទេរបច្ចេកវិទ្យា", EXPERT: "អ្នកជំនាញ", BROKER: "ឈ្មួញកណ្តាល",
    EXCHANGE_OPERATOR: "អ្នកដំណើរការផ្សារ", REVIEWER: "អ្នកពិនិត្យ", PROGRAMME_OFFICER: "មន្ត្រីកម្មវិធី", AGENCY_REPORTER: "មន្ត្រីរបាយការណ៍", FINANCE_OFFICER: "មន្ត្រីហិរញ្ញវត្ថុ",
    INVEST_OFFICER: "មន្ត្រីវិនិយោគ", UNIT_HEAD: "ប្រធានអង្គភាព", SIGNER: "អ្នកចុះហត្ថលេខា", CLERK: "លេខាធិការ", EDITOR: "អ្នកកែសម្រួល", EDITOR_IN_CHIEF: "ប្រធានក្រុមកែសម្រួល",
    MODERATOR: "អ្នកត្រួតពិនិត្យមតិ", DATA_PROTECTION: "អ្នកការពារទិន្នន័យ", AUDITOR: "អ្នកត្រួតពិនិត្យ", SYS_ADMIN: "អ្នកគ្រប់គ្រងប្រព័ន្ធ",
  },
});
