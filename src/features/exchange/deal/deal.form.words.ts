import { defineWords } from "../../../kernel/language.ts";

/** Words of the contract form and the choices in it. */
export const dealFormWords = defineWords({
  vi: {
    contractTitle: "Hợp đồng", contractLead: "Bước 2 trong 3: hợp đồng. Giá trị các dòng ghi theo đồng tiền của hợp đồng; hệ thống quy đổi cả hợp đồng ra đồng theo tỷ giá rồi chia cho các dòng, làm tròn đến đồng.",
    enterTitle: "Nhập giao dịch ngoài sàn", enterLead: "Người khác trong văn phòng sẽ kiểm tra tài liệu và xác nhận. Tổ chức được chọn theo mã số thuế hoặc tên đã đăng ký.",
    line: (n: number) => `Dòng ${n}`, kind: "Loại", description: "Mô tả", amount: "Giá trị", moreLines: "Thêm dòng", supplier: (n: number) => `Bên cung ${n}`, supplierHint: "Mã số thuế hoặc tên đã đăng ký", share: "Tỷ lệ (%)", moreSuppliers: "Thêm bên cung",
    buyer: "Bên mua", currency: "Đồng tiền hợp đồng", rate: "Tỷ giá (đồng cho một đơn vị)", rateOn: "Ngày tỷ giá", rateHint: "Chỉ cần khi hợp đồng không tính bằng đồng.",
    flow: "Luồng chuyển giao", originCountry: "Xuất xứ công nghệ", originHint: "Nước tạo ra công nghệ, có thể khác nước của đối tác.", counterpartyCountry: "Nước của đối tác", paymentMode: "Phương thức thanh toán",
    isRoyaltyEstimate: "Giá trị là ước tính do các bên kê khai (chỉ trả theo kỳ vụ)", usesStateFunds: "Có sử dụng vốn nhà nước hoặc ngân sách nhà nước", registrationException: "Trường hợp không phải đăng ký", exceptionHint: "Chỉ chọn khi có giấy tờ chứng minh.",
    sector: "Lĩnh vực", stField: "Ngành khoa học", territory: "Địa bàn", signedOn: "Ngày ký hợp đồng", effectiveOn: "Ngày có hiệu lực", dayHint: "Ví dụ 31/12/2025", acceptedOn: "Ngày nghiệm thu",
    file: "Hợp đồng đã ký (tệp)", fileHint: "PDF, ảnh hoặc Word, không quá 20 MB.", parts: { parties: "Các bên", money: "Giá trị", technology: "Công nghệ và địa bàn", days: "Ngày tháng" },
    flows: { DOMESTIC: "Trong nước", INBOUND: "Từ nước ngoài vào Việt Nam", OUTBOUND: "Từ Việt Nam ra nước ngoài" },
    modes: { LUMP_SUM: "Trả một lần", INSTALMENTS: "Trả nhiều lần", EQUITY: "Góp vốn bằng công nghệ", ROYALTY_NET_SALE_PRICE: "Phần trăm giá bán tịnh", ROYALTY_NET_REVENUE: "Phần trăm doanh thu thuần", ROYALTY_PRE_TAX_PROFIT: "Phần trăm lợi nhuận trước thuế", MIXED: "Kết hợp" },
  },
  en: {
    contractTitle: "Contract", contractLead: "Step 2 of 3: contract. Lines are in the contract's currency; the whole contract is converted to đồng by the rate and shared among the lines, rounded to the đồng.",
    enterTitle: "Enter an off-platform deal", enterLead: "Somebody else of the office will check the documents and confirm. Organisations are chosen by tax code or registered name.",
    line: (n: number) => `Line ${n}`, kind: "Kind", description: "Description", amount: "Amount", moreLines: "More lines", supplier: (n: number) => `Supplier ${n}`, supplierHint: "Tax code or registered name", share: "Share (%)", moreSuppliers: "More suppliers",
    buyer: "Buyer", currency: "Currency of the contract", rate: "Rate (đồng for one unit)", rateOn: "Day of the rate", rateHint: "Only when the contract is not in đồng.",
    flow: "Flow", originCountry: "Origin of the technology", originHint: "The country that made the technology; it may differ from the counterparty's.", counterpartyCountry: "Country of the counterparty", paymentMode: "Payment",
    isRoyaltyEstimate: "The value is the parties' declared estimate (paid by royalties only)", usesStateFunds: "Uses state capital or the state budget", registrationException: "Exempt from registration because", exceptionHint: "Only with papers that prove it.",
    sector: "Sector", stField: "S&T field", territory: "Area", signedOn: "Signed on", effectiveOn: "Effective on", dayHint: "For example 31/12/2025", acceptedOn: "Accepted on",
    file: "Signed contract (file)", fileHint: "PDF, picture or Word, at most 20 MB.", parts: { parties: "Parties", money: "Value", technology: "Technology and area", days: "Days" },
    flows: { DOMESTIC: "Domestic", INBOUND: "Into Viet Nam", OUTBOUND: "Out of Viet Nam" },
    modes: { LUMP_SUM: "Once", INSTALMENTS: "In instalments", EQUITY: "As equity", ROYALTY_NET_SALE_PRICE: "Royalty on net sale price", ROYALTY_NET_REVENUE: "Royalty on net revenue", ROYALTY_PRE_TAX_PROFIT: "Royalty on pre-tax profit", MIXED: "Mixed" },
  },
  km: {
    contractTitle: "កិច្ចសន្យា", contractLead: "ជំហាន 2 ក្នុង 3៖ កិច្ចសន្យា។ ជួរនីមួយៗជារូបិយប័ណ្ណកិច្ចសន្យា ហើយប្តូរជាដុងតាមអត្រា។",
    enterTitle: "បញ្ចូលកិច្ចព្រមព្រៀងក្រៅផ្សារ", enterLead: "មន្ត្រីម្នាក់ទៀតនឹងពិនិត្យឯកសារ និងបញ្ជាក់។ ជ្រើសអង្គភាពតាមលេខពន្ធ ឬឈ្មោះ។",
    line: (n: number) => `ជួរ ${n}`, kind: "ប្រភេទ", description: "ពណ៌នា", amount: "តម្លៃ", moreLines: "ជួរបន្ថែម", supplier: (n: number) => `អ្នកផ្គត់ផ្គង់ ${n}`, supplierHint: "លេខពន្ធ ឬឈ្មោះចុះបញ្ជី", share: "ចំណែក (%)", moreSuppliers: "អ្នកផ្គត់ផ្គង់បន្ថែម",
    buyer: "អ្នកទិញ", currency: "រូបិយប័ណ្ណ", rate: "អត្រាប្តូរ (ដុងក្នុងមួយឯកតា)", rateOn: "ថ្ងៃអត្រា", rateHint: "តែពេលកិច្ចសន្យាមិនមែនជាដុង។",
    flow: "ទិសដៅផ្ទេរ", originCountry: "ប្រភពបច្ចេកវិទ្យា", originHint: "ប្រទេសដែលបង្កើតបច្ចេកវិទ្យា។", counterpartyCountry: "ប្រទេសដៃគូ", paymentMode: "ការទូទាត់",
    isRoyaltyEstimate: "តម្លៃជាការប៉ាន់ស្មាន", usesStateFunds: "ប្រើមូលធន ឬថវិការដ្ឋ", registrationException: "ករណីមិនត្រូវចុះបញ្ជី", exceptionHint: "តែពេលមានឯកសារបញ្ជាក់។",
    sector: "វិស័យ", stField: "ផ្នែកវិទ្យាសាស្ត្រ", territory: "តំបន់", signedOn: "ថ្ងៃចុះហត្ថលេខា", effectiveOn: "ថ្ងៃមានប្រសិទ្ធភាព", dayHint: "ឧទាហរណ៍ 31/12/2025", acceptedOn: "ថ្ងៃទទួលយក",
    file: "កិច្ចសន្យាបានចុះហត្ថលេខា (ឯកសារ)", fileHint: "PDF រូបភាព ឬ Word មិនលើស 20 MB។", parts: { parties: "ភាគី", money: "តម្លៃ", technology: "បច្ចេកវិទ្យា និងតំបន់", days: "កាលបរិច្ឆេទ" },
    flows: { DOMESTIC: "ក្នុងប្រទេស", INBOUND: "ពីបរទេសចូលវៀតណាម", OUTBOUND: "ពីវៀតណាមទៅបរទេស" },
    modes: { LUMP_SUM: "ម្តង", INSTALMENTS: "ច្រើនដង", EQUITY: "ជាភាគហ៊ុន", ROYALTY_NET_SALE_PRICE: "ភាគរយតម្លៃលក់សុទ្ធ", ROYALTY_NET_REVENUE: "ភាគរយចំណូលសុទ្ធ", ROYALTY_PRE_TAX_PROFIT: "ភាគរយប្រាក់ចំណេញមុនពន្ធ", MIXED: "រួមគ្នា" },
  },
});
