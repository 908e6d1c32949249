import { createRequire } from "node:module";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openBrowser } from "../support/browser.ts";
import { type RunningProduct, startProduct } from "../support/running.ts";

/** Pages as people see them: no rule of accessibility broken (axe), nothing sideways on a small phone, no word missing. Pairwise. */

let product: RunningProduct;
let browser: Browser;
beforeAll(async () => {
  [product, browser] = await Promise.all([startProduct(), openBrowser()]);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await product?.stop();
}, 60_000);

const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
type Axe = {
  run(of: Document, options: object): Promise<{ violations: { id: string; nodes: { target: unknown[] }[] }[] }>;
};

/** Violations of WCAG 2.1 A and AA as `rule: element`. */
async function violations(page: Page): Promise<string[]> {
  await page.addScriptTag({ path: axe });
  const found = await page.evaluate(() =>
    (window as unknown as { axe: Axe }).axe.run(document, {
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"],
      resultTypes: ["violations"],
    }),
  );
  return found.violations.flatMap((v) => v.nodes.map((node) => `${v.id}: ${node.target.join(" ")}`));
}

const sideways = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);

const visitors: { name: string; contact?: string; pages: string[] }[] = [
  {
    name: "a guest",
    pages: [
      "/",
      "/san?tu-khoa=dua%20sap",
      "/nhu-cau",
      "/chi-tieu?nam=2025",
      "/chi-tieu/share-ip?nam=2025",
      "/to-chuc",
      "/dang-ky",
      "/quan-tam/tra-cuu",
    ],
  },
  {
    name: "the transfer office",
    contact: "mai.phuong@tvu.example.vn",
    pages: [
      "/khong-gian",
      "/khong-gian/tin-dang",
      "/khong-gian/tin-dang/moi",
      "/khong-gian/giao-dich",
      "/khong-gian/quan-tam",
      "/khong-gian/bao-mat",
      "/khong-gian/nhap-du-lieu",
    ],
  },
  {
    name: "the programme officer",
    contact: "nga@sokhcn.example.vn",
    pages: [
      "/van-phong",
      "/van-phong/giao-dich?muc=ALL",
      "/van-phong/giao-dich/moi",
      "/van-phong/cot-moc",
      "/van-phong/trung-gian",
      "/van-phong/chi-tieu",
    ],
  },
];
const settings = [
  { language: "", width: 360 },
  { language: "/en", width: 1440 },
  { language: "/km", width: 360 },
];

for (const visitor of visitors)
  test(`pages for ${visitor.name} break no rule of accessibility and fit a small phone`, async () => {
    const context = await browser.newContext({ baseURL: product.url, bypassCSP: true });
    const page = await context.newPage();
    if (visitor.contact) {
      await page.goto("/dang-nhap");
      await page.fill("[name=contact]", visitor.contact);
      await page.fill("[name=password]", product.password);
      await page.locator("main form button[type=submit]").first().click();
      await page.waitForURL(/\/khong-gian/);
    }
    for (const [index, path] of visitor.pages.entries()) {
      const setting = settings[index % settings.length] ?? { language: "", width: 360 };
      await page.setViewportSize({ width: setting.width, height: 800 });
      const address = `${setting.language}${path}`;
      const answer = await page.goto(address);
      expect([address, answer?.status()]).toEqual([address, 200]);
      expect([address, await sideways(page)]).toEqual([address, 0]);
      expect([address, await violations(page)]).toEqual([address, []]);
    }
    await context.close();
  }, 120_000);

test("somebody adds a passkey, signs out, and signs in with it alone", async () => {
  const context = await browser.newContext({ baseURL: product.url });
  const page = await context.newPage();
  const device = await context.newCDPSession(page);
  await device.send("WebAuthn.enable");
  await device.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  await page.goto("/dang-nhap");
  await page.fill("[name=contact]", "mai.phuong@tvu.example.vn");
  await page.fill("[name=password]", product.password);
  await page.locator("main form button[type=submit]").first().click();
  await page.waitForURL(/\/khong-gian/);
  await page.goto("/khong-gian/bao-mat");
  await page.fill("[name=passkeyName]", "Điện thoại thử");
  await page.locator("[data-passkey] button").click();
  await page.getByText("Điện thoại thử").waitFor();
  await page.locator("header form button").click();
  await page.goto("/dang-nhap");
  await page.locator("[data-passkey] button").click();
  await page.waitForURL(/\/khong-gian/);
  expect(await page.locator("header").textContent()).toContain("Nguyễn Thị Mai Phương");
  await context.close();
}, 60_000);
