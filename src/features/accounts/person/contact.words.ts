import { defineWords } from "../../../kernel/language.ts";

/** Proving that a phone number or an e-mail address is one's own. */
export const contactWords = defineWords({
  vi: {
    title: "Xác nhận liên hệ",
    lead: (contact: string) =>
      `${contact} chưa xác nhận. Mã gồm 6 số đã được gửi khi đăng ký; nếu chưa nhận được hoặc mã đã hết hạn, hãy bấm Gửi lại mã.`,
    unconfirmed: "chưa xác nhận",
    confirmed: "đã xác nhận",
    code: "Mã xác nhận",
    confirm: "Xác nhận",
    resend: "Gửi lại mã",
    subject: "Mã xác nhận OpenSàn",
    sms: (code: string, minutes: number) =>
      `Ma xac nhan OpenSan cua ban la ${code}, co hieu luc trong ${minutes} phut. Khong cung cap ma nay cho bat ky ai.`,
    mail: (code: string, minutes: number) =>
      `Mã xác nhận OpenSàn của bạn là ${code}, có hiệu lực trong ${minutes} phút.\nHãy nhập mã tại Hồ sơ của tôi. Không cung cấp mã này cho bất kỳ ai.`,
  },
  en: {
    title: "Confirm your contact",
    lead: (contact: string) =>
      `${contact} is not confirmed. Six digits were sent when you registered; if they did not arrive or ran out, send a new code.`,
    unconfirmed: "not confirmed",
    confirmed: "confirmed",
    code: "Code",
    confirm: "Confirm",
    resend: "Send a new code",
    subject: "OpenSàn confirmation code",
    sms: (code: string, minutes: number) =>
      `Your OpenSan code is ${code}. It is valid for ${minutes} minutes. Give it to nobody.`,
    mail: (code: string, minutes: number) =>
      `Your OpenSàn code is ${code}. It is valid for ${minutes} minutes.\nType it under My profile. Give it to nobody.`,
  },
  km: {
    title: "បញ្ជាក់ទំនាក់ទំនង",
    lead: (contact: string) =>
      `${contact} មិនទាន់បានបញ្ជាក់ទេ។ លេខកូដ 6 ខ្ទង់ត្រូវបានផ្ញើពេលអ្នកចុះឈ្មោះ។ បើអ្នកមិនបានទទួល ឬលេខកូដផុតកំណត់ សូមចុច ផ្ញើលេខកូដម្ដងទៀត។`,
    unconfirmed: "មិនទាន់បញ្ជាក់",
    confirmed: "បានបញ្ជាក់",
    code: "លេខកូដបញ្ជាក់",
    confirm: "បញ្ជាក់",
    resend: "ផ្ញើលេខកូដម្ដងទៀត",
    subject: "លេខកូដបញ្ជាក់ OpenSàn",
    sms: (code: string, minutes: number) =>
      `លេខកូដ OpenSan របស់អ្នកគឺ ${code}។ លេខកូដនេះមានសុពលភាព ${minutes} នាទី។ សូមកុំប្រាប់លេខកូដនេះដល់នរណាម្នាក់។`,
    mail: (code: string, minutes: number) =>
      `លេខកូដ OpenSàn របស់អ្នកគឺ ${code}។ លេខកូដនេះមានសុពលភាព ${minutes} នាទី។\nសូមបញ្ចូលលេខកូដនេះក្នុង ប្រវត្តិរូបរបស់ខ្ញុំ។ សូមកុំប្រាប់លេខកូដនេះដល់នរណាម្នាក់។`,
  },
});
