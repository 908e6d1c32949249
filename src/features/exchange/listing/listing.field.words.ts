import { defineWords } from "../../../kernel/language.ts";

/** The name of every field of a listing, as its form and its page show it; hints where the form needs them. */
export const fieldWords = defineWords({
  vi: {
    label: {
      title: "Tên công nghệ, sản phẩm hoặc nhu cầu", titleEn: "Tên tiếng Anh", titleKm: "Tên tiếng Khmer", summaryPublic: "Tóm tắt công khai", description: "Mô tả", confidentialDetail: "Nội dung bảo mật",
      problemSolved: "Vấn đề giải quyết được", advantagesVsExisting: "So sánh với giải pháp hiện có", economicComparison: "Hiệu quả kinh tế", applicationFields: "Lĩnh vực áp dụng", technicalSpecs: "Thông số kỹ thuật",
      stField: "Lĩnh vực khoa học và công nghệ", sectors: "Ngành, sản phẩm của tỉnh", vsic: "Ngành kinh tế (VSIC)", ipc: "Mã phân loại sáng chế (IPC)", keywords: "Từ khóa", trl: "Mức độ sẵn sàng công nghệ (TRL)", trlEvidence: "Bằng chứng về mức TRL",
      originCountry: "Nước xuất xứ công nghệ", ownership: "Chủ sở hữu và tỷ lệ", ownershipDeclared: "Tôi cam đoan tổ chức có quyền chào bán nội dung này", ipRights: "Quyền sở hữu trí tuệ", noveltyWarningAccepted: "Tôi đã đọc cảnh báo về tính mới và vẫn muốn công bố",
      techObjects: "Đối tượng công nghệ", rightsOffered: "Quyền được chuyển giao", forms: "Hình thức chuyển giao", methods: "Phương thức chuyển giao", territory: "Phạm vi lãnh thổ", price: "Giá", paymentModes: "Phương thức thanh toán",
      minConditions: "Điều kiện tối thiểu của bên nhận", warranty: "Bảo hành", afterSale: "Hỗ trợ sau chuyển giao", references: "Nơi đã áp dụng", contactPolicy: "Cách liên hệ", visibility: "Ai được xem tin", techClass: "Phân loại theo danh mục chuyển giao",
      environmentalNote: "Lưu ý về môi trường", fundedByState: "Kinh phí nhà nước", ocop: "Chứng nhận OCOP", need: "Nhu cầu", currentSituation: "Hiện trạng", requiredTrlMin: "Mức TRL tối thiểu", budget: "Ngân sách dự kiến", neededBy: "Cần trước ngày",
      partnerSought: "Đối tác cần tìm", absorptionCapacity: "Năng lực tiếp nhận", deadlineNote: "Ghi chú về thời hạn",
    },
    hint: {
      title: "Từ 10 đến 150 ký tự, nêu rõ làm gì, cho đối tượng nào.", summaryPublic: "Tối đa 500 ký tự, ai cũng đọc được. Không ghi số điện thoại.", confidentialDetail: "Chỉ tổ chức bạn và người duyệt xem được; không bao giờ công bố.", economicComparison: "Nêu con số: chi phí, lợi ích, thời gian hoàn vốn.",
      keywords: "Cách nhau bằng dấu phẩy, tối đa 10.", ipc: "Cách nhau bằng dấu phẩy; ví dụ A01H 4/00.", trlEvidence: "Biên bản thử nghiệm, nơi đang dùng, kết quả nghiệm thu…", neededBy: "Ví dụ 31/12/2027.", stField: "Chọn từ một đến năm lĩnh vực.", ownership: "Tổng tỷ lệ bằng 100%.", advantagesVsExisting: "Nói rõ hơn giải pháp đang dùng ở điểm nào.",
    },
    part: { from: "Từ", to: "Đến", currency: "Tiền tệ", unit: "Đơn vị tính", kind: "Loại giá", type: "Loại quyền", status: "Tình trạng", number: "Số đơn, số bằng", country: "Nơi đăng ký", filedOn: "Ngày nộp đơn", grantedOn: "Ngày cấp", expiresOn: "Ngày hết hạn", party: "Chủ sở hữu", sharePercent: "Tỷ lệ (%)", taskCode: "Mã số nhiệm vụ", group: "Nhóm sản phẩm", stars: "Số sao", certificateNumber: "Số giấy chứng nhận", name: "Tên thông số", value: "Giá trị" },
  },
  en: {
    label: {
      title: "Name of the technology, product or need", titleEn: "Name in English", titleKm: "Name in Khmer", summaryPublic: "Public summary", description: "Description", confidentialDetail: "Confidential detail",
      problemSolved: "Problem it solves", advantagesVsExisting: "Compared with what exists", economicComparison: "Economic comparison", applicationFields: "Where it is applied", technicalSpecs: "Technical specifications",
      stField: "Field of science and technology", sectors: "Sector of the province", vsic: "Economic activity (VSIC)", ipc: "Patent classification (IPC)", keywords: "Keywords", trl: "Technology readiness level (TRL)", trlEvidence: "Evidence for the TRL",
      originCountry: "Country the technology comes from", ownership: "Owners and shares", ownershipDeclared: "I declare that the organisation has the right to offer this", ipRights: "Intellectual property rights", noveltyWarningAccepted: "I have read the warning about novelty and still want to publish",
      techObjects: "Objects of the technology", rightsOffered: "Rights offered", forms: "Forms of transfer", methods: "Methods of transfer", territory: "Territory", price: "Price", paymentModes: "Ways of payment",
      minConditions: "Least conditions for the receiver", warranty: "Warranty", afterSale: "Support after the transfer", references: "Where it is in use", contactPolicy: "How to make contact", visibility: "Who may see the listing", techClass: "Class under the transfer lists",
      environmentalNote: "Environmental note", fundedByState: "State funding", ocop: "OCOP certificate", need: "The need", currentSituation: "Present situation", requiredTrlMin: "Least TRL", budget: "Budget", neededBy: "Needed by",
      partnerSought: "Partner sought", absorptionCapacity: "Capacity to absorb", deadlineNote: "Note on the deadline",
    },
    hint: {
      title: "10 to 150 characters: what it does, for whom.", summaryPublic: "At most 500 characters, open to all. No phone numbers.", confidentialDetail: "Only your organisation and the reviewer see it; never published.", economicComparison: "Give numbers: cost, benefit, pay-back time.",
      keywords: "Separated by commas, at most 10.", ipc: "Separated by commas; for example A01H 4/00.", trlEvidence: "Test records, where it is used, acceptance results…", neededBy: "For example 31/12/2027.", stField: "Choose one to five fields.", ownership: "Shares add up to 100%.", advantagesVsExisting: "Say in what it beats the solution in use.",
    },
    part: { from: "From", to: "To", currency: "Currency", unit: "Unit", kind: "Kind of price", type: "Kind of right", status: "Status", number: "Application or title number", country: "Where", filedOn: "Filed on", grantedOn: "Granted on", expiresOn: "Expires on", party: "Owner", sharePercent: "Share (%)", taskCode: "Task code", group: "Product group", stars: "Stars", certificateNumber: "Certificate number", name: "Name", value: "Value" },
  },
  km: {
    label: {
      title: "ឈ្មោះបច្ចេកវិទ្យា ផលិតផល ឬតម្រូវការ", titleEn: "ឈ្មោះជាភាសាអង់គ្លេស", titleKm: "ឈ្មោះជាភាសាខ្មែរ", summaryPublic: "សេចក្ដីសង្ខេបសាធារណៈ", description: "ពណ៌នា", confidentialDetail: "ព័ត៌មានសម្ងាត់",
      problemSolved: "បញ្ហាដែលដោះស្រាយ", advantagesVsExisting: "ប្រៀបធៀបនឹងដំណោះស្រាយមានស្រាប់", economicComparison: "ប្រសិទ្ធភាពសេដ្ឋកិច្ច", applicationFields: "វិស័យអនុវត្ត", technicalSpecs: "លក្ខណៈបច្ចេកទេស",
      stField: "វិស័យវិទ្យាសាស្ត្រ និងបច្ចេកវិទ្យា", sectors: "វិស័យរបស់ខេត្ត", vsic: "សកម្មភាពសេដ្ឋកិច្ច (VSIC)", ipc: "លេខកូដ IPC", keywords: "ពាក្យគន្លឹះ", trl: "កម្រិតត្រៀមរួចរាល់ (TRL)", trlEvidence: "ភស្តុតាង TRL",
      originCountry: "ប្រទេសដើមបច្ចេកវិទ្យា", ownership: "ម្ចាស់ និងចំណែក", ownershipDeclared: "ខ្ញុំធានាថាអង្គការមានសិទ្ធិផ្តល់ជូន", ipRights: "សិទ្ធិកម្មសិទ្ធិបញ្ញា", noveltyWarningAccepted: "ខ្ញុំបានអានការព្រមានអំពីភាពថ្មី ហើយនៅតែចង់ផ្សាយ",
      techObjects: "វត្ថុបច្ចេកវិទ្យា", rightsOffered: "សិទ្ធិផ្ទេរ", forms: "ទម្រង់ផ្ទេរ", methods: "វិធីផ្ទេរ", territory: "ដែនដី", price: "តម្លៃ", paymentModes: "វិធីទូទាត់",
      minConditions: "លក្ខខណ្ឌអប្បបរមា", warranty: "ការធានា", afterSale: "ជំនួយក្រោយផ្ទេរ", references: "កន្លែងបានអនុវត្ត", contactPolicy: "វិធីទាក់ទង", visibility: "អ្នកណាអាចមើល", techClass: "ចំណាត់ថ្នាក់បច្ចេកវិទ្យា",
      environmentalNote: "ចំណាំបរិស្ថាន", fundedByState: "ថវិការដ្ឋ", ocop: "វិញ្ញាបនបត្រ OCOP", need: "តម្រូវការ", currentSituation: "ស្ថានភាពបច្ចុប្បន្ន", requiredTrlMin: "TRL អប្បបរមា", budget: "ថវិកា", neededBy: "ត្រូវការមុនថ្ងៃ",
      partnerSought: "ដៃគូស្វែងរក", absorptionCapacity: "សមត្ថភាពទទួល", deadlineNote: "ចំណាំពេលវេលា",
    },
    hint: {
      title: "ពី 10 ដល់ 150 តួអក្សរ។", summaryPublic: "យ៉ាងច្រើន 500 តួអក្សរ អ្នកណាក៏អានបាន។ កុំដាក់លេខទូរសព្ទ។", confidentialDetail: "តែអង្គការរបស់អ្នក និងអ្នកពិនិត្យមើលឃើញ។", economicComparison: "សូមដាក់លេខ៖ ចំណាយ ប្រយោជន៍ រយៈពេលសងដើម។",
      keywords: "បំបែកដោយក្បៀស យ៉ាងច្រើន 10។", ipc: "បំបែកដោយក្បៀស ឧទាហរណ៍ A01H 4/00។", trlEvidence: "កំណត់ហេតុសាកល្បង កន្លែងប្រើ…", neededBy: "ឧទាហរណ៍ 31/12/2027។", stField: "ជ្រើសពីមួយដល់ប្រាំ។", ownership: "ចំណែកសរុប 100%។", advantagesVsExisting: "ល្អជាងត្រង់ណា។",
    },
    part: { from: "ពី", to: "ដល់", currency: "រូបិយប័ណ្ណ", unit: "ឯកតា", kind: "ប្រភេទតម្លៃ", type: "ប្រភេទសិទ្ធិ", status: "ស្ថានភាព", number: "លេខពាក្យ ឬលេខប័ណ្ណ", country: "កន្លែងចុះបញ្ជី", filedOn: "ថ្ងៃដាក់ពាក្យ", grantedOn: "ថ្ងៃផ្ដល់", expiresOn: "ថ្ងៃផុតកំណត់", party: "ម្ចាស់", sharePercent: "ចំណែក (%)", taskCode: "លេខកូដភារកិច្ច", group: "ក្រុមផលិតផល", stars: "ចំនួនផ្កាយ", certificateNumber: "លេខវិញ្ញាបនបត្រ", name: "ឈ្មោះ", value: "តម្លៃ" },
  },
});
