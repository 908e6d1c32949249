import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openBrowser } from "../support/browser.ts";
import { type RunningProduct, startProduct } from "../support/running.ts";

/**
 * The whole of what OpenSàn is for, walked in a real browser on the product as `npm start` runs it: an offer and a need are published,
 * find each other, become a deal with evidence, and the province's figure moves by exactly that deal. Readers walk without JavaScript.
 */

let product: RunningProduct;
let browser: Browser;

beforeAll(async () => {
  [product, browser] = await Promise.all([startProduct(), openBrowser()]);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await product?.stop();
}, 60_000);

const people = {
  transferOffice: "mai.phuong@tvu.example.vn",
  cooperative: "0900000101",
  reviewer: "hau@san.example.vn",
  officer: "nga@sokhcn.example.vn",
};

async function openPage(javaScriptEnabled = true): Promise<Page> {
  const context = await browser.newContext({ baseURL: product.url, locale: "vi-VN", javaScriptEnabled });
  context.setDefaultTimeout(15_000);
  return context.newPage();
}

async function signIn(contact: string): Promise<Page> {
  const page = await openPage();
  await page.goto("/dang-nhap");
  await page.fill("[name=contact]", contact);
  await page.fill("[name=password]", product.password);
  await send(page);
  await page.waitForURL(/\/khong-gian/);
  return page;
}

/** Sends the page's form by its first button, or by the one named. */
const send = (page: Page, button = "button[type=submit]") => page.locator(`main form ${button}`).first().click();
const next = (page: Page) => send(page, "button[name=go][value=next]");

type Figure = { key: string; value: number | null; numerator: string | null; denominator: string | null; dealCount: number };
async function figure(key: string): Promise<Figure> {
  const answer = await fetch(`${product.url}/chi-tieu.json?nam=2026`);
  const found = ((await answer.json()) as Figure[]).find((one) => one.key === key);
  if (!found) throw new Error(`no figure ${key}`);
  return found;
}

const title = "Quy trình nhân giống cây dừa sáp bằng nuôi cấy phôi hữu tính, gói hợp tác xã";
const need = "Tìm quy trình nhân giống dừa sáp để lập phòng cấy phôi của hợp tác xã";
const value = 735_000_000n;

async function publishOffer(): Promise<void> {
  const page = await signIn(people.transferOffice);
  await page.goto("/khong-gian/tin-dang/moi");
  await page.check("[name=kind][value=OFFER]");
  await page.check("[name=goodsKind][value=TECHNOLOGY]");
  await page.fill("[name=title]", title);
  await send(page);
  await page.fill("[name=summaryPublic]", "Gói chuyển giao cho hợp tác xã: phòng cấy nhỏ, đào tạo kỹ thuật viên, theo suốt lứa cây đầu tiên.");
  await page.check('[value="COCONUT"]');
  await next(page);
  await page.fill("[name=description]", "Lấy phôi hữu tính từ trái dừa sáp, khử trùng, nuôi trong ống nghiệm, thuần dưỡng rồi đưa ra vườn.");
  await page.fill("[name=problemSolved]", "Nguồn cây giống dừa sáp đúng chất lượng luôn thiếu.");
  await page.fill("[name=advantagesVsExisting]", "Cây đồng đều, sạch bệnh, tỷ lệ trái sáp cao hơn hẳn cây ươm từ trái.");
  await page.fill("[name=economicComparison]", "Ước tính mỗi héc-ta thu thêm 290 triệu đồng một năm từ năm thứ sáu.");
  await page.fill("[name=confidentialDetail]", "Thành phần môi trường nuôi cấy chỉ cung cấp sau thỏa thuận bảo mật.");
  await next(page);
  await page.check('[name="stField[]"][value="406"]');
  await page.selectOption("[name=trl]", "9");
  await page.fill("[name=trlEvidence]", "Biên bản nghiệm thu và danh sách vườn trình diễn.");
  await page.selectOption("[name=originCountry]", "VN");
  await page.selectOption("[name=techClass]", "NORMAL");
  await next(page);
  await page.check("[name=ownershipDeclared]");
  await next(page);
  await page.check('[value="USE_NON_EXCLUSIVE"]');
  await next(page);
  await page.selectOption('[name="price.kind"]', "INDICATIVE");
  await page.fill('[name="price.from"]', "650.000.000");
  await next(page);
  await submitAndReview(page);
}

async function publishNeed(): Promise<void> {
  const page = await signIn(people.cooperative);
  await page.goto("/khong-gian/tin-dang/moi");
  await page.check("[name=kind][value=REQUEST]");
  await page.check("[name=goodsKind][value=TECHNOLOGY]");
  await page.fill("[name=title]", need);
  await send(page);
  await page.fill("[name=summaryPublic]", "Hợp tác xã cần quy trình nhân giống dừa sáp và người hướng dẫn tại chỗ.");
  await next(page);
  await page.fill("[name=need]", "Tự làm cây giống dừa sáp cho 64 hộ, mỗi năm 3.000 cây.");
  await next(page);
  await page.check('[name="stField[]"][value="406"]');
  await next(page);
  await submitAndReview(page);
}

/** Sends the draft for review and lets the reviewer publish it. */
async function submitAndReview(page: Page): Promise<void> {
  const code = /TIN-\d{4}-\d+/.exec(page.url())?.[0] ?? "";
  await page.goto(`/khong-gian/tin-dang/${code}/xem-lai`);
  await send(page, "button[value=SUBMIT]");
  const reviewer = await signIn(people.reviewer);
  await reviewer.goto(`/van-phong/duyet-tin/${code}`);
  for (const box of await reviewer.locator('[name="checklist[]"]').all()) await box.check();
  await send(reviewer, "button[value=PUBLISH]");
  await reviewer.waitForURL(/duyet-tin$/);
  await reviewer.context().close();
  await page.context().close();
}

/** A reader without JavaScript finds the offer by typing without diacritics. */
async function findOfferWithoutScript(): Promise<string> {
  const page = await openPage(false);
  await page.goto("/san");
  await page.fill("[name=tu-khoa]", "dua sap goi hop tac xa");
  await send(page);
  await page.getByRole("link", { name: title }).first().click();
  await expect(page.locator("h1").textContent()).resolves.toContain(title);
  expect(await page.content()).not.toContain("Thành phần môi trường nuôi cấy");
  const address = page.url();
  await page.context().close();
  return address;
}
