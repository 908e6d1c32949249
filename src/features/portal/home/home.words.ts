import { defineWords } from "../../../kernel/language.ts";

/** Words of the home page. */
export const homeWords = defineWords({
  vi: {
    title: "Sàn giao dịch công nghệ và thiết bị",
    lead: "Nơi công nghệ, thiết bị và kết quả nghiên cứu của tỉnh gặp nhu cầu của doanh nghiệp, hợp tác xã và người dân.",
    indicators: "Xem chỉ tiêu phát triển thị trường khoa học và công nghệ",
    none: "Chưa có tin nào.",
  },
  en: {
    title: "Technology and equipment exchange",
    lead: "Where the province's technology, equipment and research results meet what enterprises, co-operatives and households need.",
    indicators: "See the indicators of the science and technology market",
    none: "Nothing yet.",
  },
  km: {
    title: "ផ្សារបច្ចេកវិទ្យា និងឧបករណ៍",
    lead: "កន្លែងដែលបច្ចេកវិទ្យា ឧបករណ៍ និងលទ្ធផលស្រាវជ្រាវរបស់ខេត្ត ជួបតម្រូវការសហគ្រាស សហករណ៍ និងប្រជាជន។",
    indicators: "មើលសូចនាករទីផ្សារ",
    none: "មិនទាន់មាន។",
  },
});
