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

/** Fields of science are grouped: a person opens the group and ticks the field. */
async function chooseField(page: Page, code: string): Promise<void> {
  const box = page.locator(`input[name^="stField"][value="${code}"]`);
  await page.locator("details", { has: box }).locator("summary").click();
  await box.check();
}

type Figure = {
  key: string;
  value: number | null;
  numerator: string | null;
  denominator: string | null;
  dealCount: number;
};
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
  await page.fill(
    "[name=summaryPublic]",
    "Gói chuyển giao cho hợp tác xã: phòng cấy nhỏ, đào tạo kỹ thuật viên, theo suốt lứa cây đầu tiên.",
  );
  await page.check('[value="COCONUT"]');
  await next(page);
  await page.fill(
    "[name=description]",
    "Lấy phôi hữu tính từ trái dừa sáp, khử trùng, nuôi trong ống nghiệm, thuần dưỡng rồi đưa ra vườn.",
  );
  await page.fill("[name=problemSolved]", "Nguồn cây giống dừa sáp đúng chất lượng luôn thiếu.");
  await page.fill(
    "[name=advantagesVsExisting]",
    "Cây đồng đều, sạch bệnh, tỷ lệ trái sáp cao hơn hẳn cây ươm từ trái.",
  );
  await page.fill("[name=economicComparison]", "Ước tính mỗi héc-ta thu thêm 290 triệu đồng một năm từ năm thứ sáu.");
  await page.fill("[name=confidentialDetail]", "Thành phần môi trường nuôi cấy chỉ cung cấp sau thỏa thuận bảo mật.");
  await next(page);
  await chooseField(page, "406");
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
  await chooseField(page, "406");
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

/** The co-operative asks, the university agrees and opens the deal. */
async function agree(offer: string): Promise<string> {
  const cooperative = await signIn(people.cooperative);
  await cooperative.goto(offer);
  await cooperative.click('main a[href*="/quan-tam/moi"]');
  await cooperative.fill("[name=cooperation]", "Nhận quyền sử dụng quy trình để lập phòng cấy của hợp tác xã.");
  await cooperative.fill("[name=missingInformation]", "Tỷ lệ sống khi ra vườn và chi phí đầu tư phòng cấy.");
  await cooperative.fill("[name=about]", "Hợp tác xã 64 hộ trồng dừa sáp ở Cầu Kè.");
  await send(cooperative);
  await cooperative.waitForURL(/QT-\d{4}-\d+/);
  const interest = /QT-\d{4}-\d+/.exec(cooperative.url())?.[0] ?? "";
  await cooperative.context().close();

  const university = await signIn(people.transferOffice);
  await university.goto(`/khong-gian/quan-tam/${interest}`);
  await send(university, "button[value=accept]");
  await university.click('main a[href*="/khong-gian/giao-dich/moi"]');
  await university.fill("[name=title]", "Chuyển giao quy trình nhân giống dừa sáp cho hợp tác xã");
  await university.fill(
    "[name=requestText]",
    "Quyền sử dụng quy trình, đào tạo bốn kỹ thuật viên, chuyên gia theo lứa cây đầu tiên.",
  );
  await send(university);
  await university.waitForURL(/\/giao-dich\/GD-/);
  const code = /GD-\d{4}-\d+/.exec(university.url())?.[0] ?? "";
  await university.context().close();
  return code;
}

const pdf = Buffer.from(
  "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Count 0/Kids[]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF",
);

/** The contract's figures, the signed paper and then its signing. */
async function signContract(code: string): Promise<void> {
  const page = await signIn(people.transferOffice);
  await page.goto(`/giao-dich/${code}/hop-dong`);
  await page.selectOption("[name=line1Kind]", "TECHNOLOGY");
  await page.fill("[name=line1Description]", "Quyền sử dụng quy trình và đào tạo");
  await page.fill("[name=line1Amount]", "735.000.000");
  await page.selectOption("[name=sector]", "COCONUT");
  await page.fill("[name=signedOn]", "20/11/2026");
  await send(page);
  await page.waitForURL(new RegExp(`/giao-dich/${code}$`));
  await page.locator('form[action$="/minh-chung"]').waitFor({ state: "attached" });
  expect(await page.locator("main button[value=sign]").count()).toBe(0); // nothing yet shows that both sides signed
  await page.locator("main details:has([name=kind]) summary").last().click();
  await page.selectOption("[name=kind]", "CONTRACT");
  await page.setInputFiles("[name=file]", { name: "hop-dong-da-ky.pdf", mimeType: "application/pdf", buffer: pdf });
  await page.locator('form[action$="/minh-chung"] button[type=submit]').click();
  await page.getByText("hop-dong-da-ky.pdf").waitFor();
  await send(page, "button[value=sign]");
  await page.locator("main button[value=sign]").waitFor({ state: "detached" });
  await page.context().close();
}

async function confirmAsOfficer(code: string): Promise<void> {
  const page = await signIn(people.officer);
  await page.goto("/van-phong/giao-dich");
  await page.getByRole("link", { name: code }).first().click();
  await page.locator("main button[value=CONFIRMED]").click();
  await page.locator("main button[value=CONFIRMED]").waitFor({ state: "detached" });
  await page.context().close();
}

test("from a published process to the province's figure, which moves by exactly that deal and opens onto it", async () => {
  await publishOffer();
  await publishNeed();
  const offer = await findOfferWithoutScript();
  const before = { growth: await figure("GROWTH_VALUE"), research: await figure("SHARE_DOM_RESEARCH") };

  const code = await agree(offer);
  await signContract(code);
  expect((await figure("GROWTH_VALUE")).numerator).toBe(before.growth.numerator); // a signed contract nobody has confirmed counts for nothing
  await confirmAsOfficer(code);

  const after = { growth: await figure("GROWTH_VALUE"), research: await figure("SHARE_DOM_RESEARCH") };
  const gained = (now: string | null, then: string | null) => BigInt(now ?? 0) - BigInt(then ?? 0);
  expect(gained(after.growth.numerator, before.growth.numerator)).toBe(value);
  expect(gained(after.research.numerator, before.research.numerator)).toBe(value);
  expect(gained(after.research.denominator, before.research.denominator)).toBe(value);
  expect(after.growth.dealCount).toBe(before.growth.dealCount + 1);

  const reader = await openPage(false);
  await reader.goto("/chi-tieu?nam=2026");
  await reader.locator('main a[href*="/chi-tieu/share-dom-research"]').first().click();
  await expect(reader.locator("main").textContent()).resolves.toContain("735.000.000");
  expect(await reader.locator(`main a[href$="/giao-dich/${code}"]`).count()).toBeGreaterThan(0);
  await reader.goto(`/giao-dich/${code}`);
  expect(reader.url()).toContain("/dang-nhap"); // the deal itself is its parties' own
}, 240_000);

test("every public page reads whole without JavaScript, in three languages", async () => {
  const page = await openPage(false);
  for (const prefix of ["", "/en", "/km"])
    for (const path of ["/", "/san", "/nhu-cau", "/chi-tieu", "/to-chuc", "/dang-nhap", "/dang-ky"]) {
      const answer = await page.goto(prefix + path);
      expect([prefix + path, answer?.status()]).toEqual([prefix + path, 200]);
      expect([prefix + path, await page.locator("h1").count()]).toEqual([prefix + path, 1]);
      expect([prefix + path, await page.locator("[data-demo]").count()]).toEqual([prefix + path, 1]);
    }
}, 60_000);
