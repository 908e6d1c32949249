import { defineWords } from "../../../kernel/language.ts";

/** Names of the code lists that a listing chooses from and that the province pack does not hold. */
export const codeWords = defineWords({
  vi: {
    rights: { OWNERSHIP: "Chuyển nhượng quyền sở hữu", USE_EXCLUSIVE: "Quyền sử dụng độc quyền", USE_NON_EXCLUSIVE: "Quyền sử dụng không độc quyền", SUBLICENSE: "Quyền chuyển giao lại cho bên thứ ba" },
    forms: { STANDALONE: "Chuyển giao độc lập", IN_INVESTMENT: "Trong dự án đầu tư", CAPITAL_CONTRIBUTION: "Góp vốn bằng công nghệ", FRANCHISE: "Nhượng quyền thương mại", WITH_IP_TRANSFER: "Kèm chuyển giao quyền sở hữu trí tuệ", WITH_EQUIPMENT_SALE: "Kèm mua bán máy móc, thiết bị", OTHER: "Hình thức khác" },
    methods: { DOCUMENTS: "Chuyển giao tài liệu", TRAINING: "Đào tạo", EXPERTS: "Cử chuyên gia", EQUIPMENT: "Chuyển giao máy móc, thiết bị", OTHER: "Phương thức khác" },
    priceKinds: { INDICATIVE: "Giá tham khảo", FLOOR: "Giá từ", FIRM: "Giá cố định", NEGOTIABLE: "Thỏa thuận", FREE: "Miễn phí" },
    paymentModes: { LUMP_SUM: "Trả một lần", INSTALMENTS: "Trả nhiều lần", EQUITY: "Góp vốn", ROYALTY_NET_SALE_PRICE: "Phần trăm giá bán tịnh", ROYALTY_NET_REVENUE: "Phần trăm doanh thu thuần", ROYALTY_PRE_TAX_PROFIT: "Phần trăm lợi nhuận trước thuế", MIXED: "Kết hợp nhiều phương thức" },
    ipTypes: { PATENT: "Sáng chế", UTILITY_SOLUTION: "Giải pháp hữu ích", INDUSTRIAL_DESIGN: "Kiểu dáng công nghiệp", TRADEMARK: "Nhãn hiệu", GEOGRAPHICAL_INDICATION: "Chỉ dẫn địa lý", LAYOUT_DESIGN: "Thiết kế bố trí", PLANT_VARIETY: "Giống cây trồng", SOFTWARE_COPYRIGHT: "Quyền tác giả (phần mềm)", TRADE_SECRET: "Bí mật kinh doanh" },
    ipStatuses: { NOT_FILED: "Chưa nộp đơn", FILED: "Đã nộp đơn", GRANTED: "Đã cấp", EXPIRED: "Hết hiệu lực", REFUSED: "Bị từ chối", NOT_REGISTRABLE: "Không đăng ký" },
    contactPolicies: { DIRECT: "Liên hệ trực tiếp với tổ chức", VIA_BROKER: "Qua sàn hoặc người môi giới", ANONYMOUS: "Ẩn danh: không hiện tên tổ chức" },
    visibilities: { PUBLIC: "Mọi người", MEMBERS: "Thành viên đã đăng nhập", RESTRICTED: "Chỉ tổ chức và người duyệt" },
  },
  en: {
    rights: { OWNERSHIP: "Assignment of ownership", USE_EXCLUSIVE: "Exclusive right of use", USE_NON_EXCLUSIVE: "Non-exclusive right of use", SUBLICENSE: "Right to sublicense" },
    forms: { STANDALONE: "Stand-alone transfer", IN_INVESTMENT: "Within an investment project", CAPITAL_CONTRIBUTION: "Capital contribution in technology", FRANCHISE: "Franchise", WITH_IP_TRANSFER: "With transfer of IP rights", WITH_EQUIPMENT_SALE: "With sale of equipment", OTHER: "Other" },
    methods: { DOCUMENTS: "Documents", TRAINING: "Training", EXPERTS: "Experts", EQUIPMENT: "Equipment", OTHER: "Other" },
    priceKinds: { INDICATIVE: "Indicative price", FLOOR: "From", FIRM: "Firm price", NEGOTIABLE: "Negotiable", FREE: "Free of charge" },
    paymentModes: { LUMP_SUM: "Lump sum", INSTALMENTS: "Instalments", EQUITY: "Equity", ROYALTY_NET_SALE_PRICE: "Percentage of net sale price", ROYALTY_NET_REVENUE: "Percentage of net revenue", ROYALTY_PRE_TAX_PROFIT: "Percentage of pre-tax profit", MIXED: "Mixed" },
    ipTypes: { PATENT: "Patent", UTILITY_SOLUTION: "Utility solution", INDUSTRIAL_DESIGN: "Industrial design", TRADEMARK: "Trademark", GEOGRAPHICAL_INDICATION: "Geographical indication", LAYOUT_DESIGN: "Layout design", PLANT_VARIETY: "Plant variety", SOFTWARE_COPYRIGHT: "Copyright (software)", TRADE_SECRET: "Trade secret" },
    ipStatuses: { NOT_FILED: "Not filed", FILED: "Filed", GRANTED: "Granted", EXPIRED: "Expired", REFUSED: "Refused", NOT_REGISTRABLE: "Not registered" },
    contactPolicies: { DIRECT: "Directly with the organisation", VIA_BROKER: "Through the exchange or a broker", ANONYMOUS: "Anonymous: the organisation is not named" },
    visibilities: { PUBLIC: "Everybody", MEMBERS: "Members who are signed in", RESTRICTED: "Only the organisation and the reviewer" },
  },
  km: {
    rights: { OWNERSHIP: "ផ្ទេរកម្មសិទ្ធិ", USE_EXCLUSIVE: "សិទ្ធិប្រើផ្ដាច់មុខ", USE_NON_EXCLUSIVE: "សិទ្ធិប្រើមិនផ្ដាច់មុខ", SUBLICENSE: "សិទ្ធិផ្ទេរបន្ត" },
    forms: { STANDALONE: "ផ្ទេរឯករាជ្យ", IN_INVESTMENT: "ក្នុងគម្រោងវិនិយោគ", CAPITAL_CONTRIBUTION: "ចូលដើមទុនជាបច្ចេកវិទ្យា", FRANCHISE: "សិទ្ធិពាណិជ្ជកម្ម", WITH_IP_TRANSFER: "ជាមួយសិទ្ធិកម្មសិទ្ធិបញ្ញា", WITH_EQUIPMENT_SALE: "ជាមួយការលក់ឧបករណ៍", OTHER: "ផ្សេងទៀត" },
    methods: { DOCUMENTS: "ឯកសារ", TRAINING: "បណ្ដុះបណ្ដាល", EXPERTS: "អ្នកជំនាញ", EQUIPMENT: "ឧបករណ៍", OTHER: "ផ្សេងទៀត" },
    priceKinds: { INDICATIVE: "តម្លៃយោង", FLOOR: "តម្លៃចាប់ពី", FIRM: "តម្លៃថេរ", NEGOTIABLE: "អាចចរចា", FREE: "ឥតគិតថ្លៃ" },
    paymentModes: { LUMP_SUM: "បង់ម្ដង", INSTALMENTS: "បង់ច្រើនដង", EQUITY: "ចូលហ៊ុន", ROYALTY_NET_SALE_PRICE: "ភាគរយតម្លៃលក់", ROYALTY_NET_REVENUE: "ភាគរយចំណូល", ROYALTY_PRE_TAX_PROFIT: "ភាគរយចំណេញមុនពន្ធ", MIXED: "ចម្រុះ" },
    ipTypes: { PATENT: "ប្រកាសនីយបត្រតក្កកម្ម", UTILITY_SOLUTION: "ដំណោះស្រាយមានប្រយោជន៍", INDUSTRIAL_DESIGN: "គំរូឧស្សាហកម្ម", TRADEMARK: "ពាណិជ្ជសញ្ញា", GEOGRAPHICAL_INDICATION: "ការចង្អុលបង្ហាញភូមិសាស្ត្រ", LAYOUT_DESIGN: "គំរូប្លង់", PLANT_VARIETY: "ពូជដំណាំ", SOFTWARE_COPYRIGHT: "សិទ្ធិអ្នកនិពន្ធ (កម្មវិធី)", TRADE_SECRET: "អាថ៌កំបាំងពាណិជ្ជកម្ម" },
    ipStatuses: { NOT_FILED: "មិនទាន់ដាក់ពាក្យ", FILED: "បានដាក់ពាក្យ", GRANTED: "បានផ្ដល់", EXPIRED: "ហួសសុពលភាព", REFUSED: "ត្រូវបដិសេធ", NOT_REGISTRABLE: "មិនចុះបញ្ជី" },
    contactPolicies: { DIRECT: "ទាក់ទងផ្ទាល់", VIA_BROKER: "តាមផ្សារ ឬឈ្មួញកណ្ដាល", ANONYMOUS: "អនាមិក មិនបង្ហាញឈ្មោះ" },
    visibilities: { PUBLIC: "មនុស្សគ្រប់គ្នា", MEMBERS: "សមាជិកបានចូលគណនី", RESTRICTED: "តែអង្គការ និងអ្នកពិនិត្យ" },
  },
});
