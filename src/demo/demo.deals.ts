import {
  addEvidence,
  type ContractInput,
  confirmContract,
  confirmEvidence,
  correctDeal,
  enterDeal,
  openDeal,
  saveContract,
  stepDeal,
} from "../features/exchange/index.ts";
import type { Actor } from "../kernel/actor.ts";
import { addDays, type Day } from "../kernel/clock.ts";
import type { DemoDeal, DemoInterest, DemoMarket } from "./demo.schema.ts";
import { found, type Load, memberOf, must, type Step, storePaper } from "./demo.steps.ts";

/**
 * A deal's way. Those that came out of an interest go through both parties; all others were made before the exchange had members or
 * outside of it, so an officer or the exchange's operator enters them on the day they were signed and another officer confirms the papers.
 */

/** Who enters deals, and who decides about what the other entered. */
const enterers = { office: "nga-chuong-trinh", exchange: "duyen-van-hanh" } as const;
const decider = "thinh-chuong-trinh";
const performedAfterDays = 7;
const liquidatedAfterDays = 14;

const begunStates: readonly DemoDeal["state"][] = ["EFFECTIVE", "IN_PERFORMANCE", "ACCEPTED", "LIQUIDATED"];
const performedStates: readonly DemoDeal["state"][] = ["IN_PERFORMANCE", "ACCEPTED", "LIQUIDATED"];

export const dealSteps = (market: DemoMarket): Step[] =>
  market.deals.flatMap((deal) =>
    stepsOf(
      deal,
      market.interests.find((one) => one.deal === deal.key),
    ),
  );

function stepsOf(deal: DemoDeal, interest: DemoInterest | undefined): Step[] {
  const steps: Step[] = [];
  const at = (day: Day, hour: number, what: string, run: Step["run"]) =>
    steps.push({ day, hour, what: `deal ${deal.key}: ${what}`, run });
  const writer = interest
    ? (load: Load) => memberOf(load, deal.buyer, "deal.write")
    : (load: Load) => found(load.people, enterers[deal.offPlatform ? "office" : "exchange"]);
  if (interest) {
    at(addDays(interest.answeredOn ?? deal.signedOn, 3), 8, "open", (load) => open(load, deal, interest));
    at(deal.signedOn, 9, "sign", (load) => sign(load, deal));
  } else at(deal.signedOn, 9, "enter", (load) => enter(load, deal, writer(load)));
  for (const paper of deal.evidence) {
    at(paper.on, 11, `bring ${paper.kind}`, (load) => bringPaper(load, deal, paper, writer(load)));
  }
  const begunOn = deal.effectiveOn ?? deal.signedOn;
  if (begunStates.includes(deal.state))
    at(begunOn, 15, "take effect", (load) => move(load, deal, writer(load), "effect"));
  const performedOn = addDays(begunOn, performedAfterDays);
  if (performedStates.includes(deal.state) && performedOn < (deal.acceptedOn ?? "9999"))
    at(performedOn, 9, "perform", (load) => move(load, deal, writer(load), "perform"));
  if (deal.acceptedOn)
    at(deal.acceptedOn, 15, "accept", (load) =>
      move(load, deal, writer(load), "accept", { acceptedOn: deal.acceptedOn }),
    );
  if (deal.acceptedOn && deal.state === "LIQUIDATED")
    at(addDays(deal.acceptedOn, liquidatedAfterDays), 9, "liquidate", (load) =>
      move(load, deal, writer(load), "liquidate"),
    );
  if (deal.correction) at(deal.correction.on, 9, "correct", (load) => correct(load, deal));
  if (deal.cancelledOn)
    at(deal.cancelledOn, 9, "annul", (load) =>
      move(load, deal, found(load.people, decider), "annul", { reason: deal.note }),
    );
  return steps;
}

function contractOf(load: Load, deal: DemoDeal, values = deal.lines.map((line) => line.valueVnd)): ContractInput {
  const inCurrency = (vnd: string) => (deal.rate ? (BigInt(vnd) / BigInt(deal.rate)).toString() : vnd);
  // What must be registered takes effect with its certificate: that day is not known at signing.
  const effectiveOn = deal.effectiveOn && !deal.registration.required ? deal.effectiveOn : undefined;
  return {
    lines: deal.lines.map((line, index) => ({
      goodsKind: line.goodsKind,
      description: line.description,
      amount: inCurrency(values[index] ?? "0"),
    })),
    suppliers: deal.suppliers.map((s) => ({
      party: { organisationId: found(load.organisations, s.organisation) },
      shareBp: s.shareBp,
    })),
    currency: deal.currency,
    rate: deal.rate,
    rateOn: deal.rateDate,
    flow: deal.flow,
    originCountry: deal.originCountry,
    counterpartyCountry: deal.counterpartyCountry,
    paymentMode: deal.paymentMode,
    isRoyaltyEstimate: deal.royaltyEstimate,
    usesStateFunds: deal.usesStateFunds,
    sector: deal.sector,
    stField: deal.stField,
    territory: deal.territory,
    signedOn: deal.signedOn,
    effectiveOn,
  };
}

async function enter(load: Load, deal: DemoDeal, actor: Actor): Promise<void> {
  const broker = deal.broker && found(load.organisations, deal.broker);
  const entered = must(
    await enterDeal(load.deps, actor, {
      title: deal.title,
      buyer: { organisationId: found(load.organisations, deal.buyer) },
      contract: contractOf(load, deal),
      ...(broker && { brokerOrganisationId: broker }),
    }),
  );
  load.deals.set(deal.key, entered.deal);
}

/** The buyer opens the deal out of an accepted interest. */
async function open(load: Load, deal: DemoDeal, interest: DemoInterest): Promise<void> {
  const { code } = found(load.interests, interest.key);
  const opened = must(
    await openDeal(load.deps, memberOf(load, deal.buyer, "deal.write"), {
      interest: code,
      title: deal.title,
      requestText: interest.cooperation,
    }),
  );
  load.deals.set(deal.key, opened);
}

/** The buyer writes the contract's figures, both sides confirm them and agree, the buyer signs. */
async function sign(load: Load, deal: DemoDeal): Promise<void> {
  const buyer = memberOf(load, deal.buyer, "deal.write");
  const { code, version } = found(load.deals, deal.key);
  let now = must(await saveContract(load.deps, buyer, code, version, contractOf(load, deal)));
  for (const organisation of [deal.buyer, ...deal.suppliers.map((s) => s.organisation)])
    now = must(await confirmContract(load.deps, memberOf(load, organisation, "deal.write"), code, now.version));
  now = must(await stepDeal(load.deps, buyer, code, { verb: "agree", version: now.version, acceptedOn: undefined }));
  load.deals.set(
    deal.key,
    must(await stepDeal(load.deps, buyer, code, { verb: "sign", version: now.version, acceptedOn: undefined })),
  );
}

type Verb = "effect" | "perform" | "accept" | "liquidate" | "annul";
async function move(
  load: Load,
  deal: DemoDeal,
  actor: Actor,
  verb: Verb,
  facts: { acceptedOn?: Day | undefined; reason?: string } = {},
): Promise<void> {
  const { code, version } = found(load.deals, deal.key);
  load.deals.set(
    deal.key,
    must(await stepDeal(load.deps, actor, code, { verb, version, acceptedOn: facts.acceptedOn, reason: facts.reason })),
  );
}

const paperNames = {
  CONTRACT: ["hop-dong", "Hợp đồng"],
  INVOICE: ["hoa-don", "Hóa đơn"],
  PAYMENT: ["chung-tu-thanh-toan", "Chứng từ thanh toán"],
  ACCEPTANCE_MINUTES: ["bien-ban-nghiem-thu", "Biên bản nghiệm thu"],
  CERTIFICATE: ["giay-chung-nhan-dang-ky", "Giấy chứng nhận đăng ký chuyển giao công nghệ"],
  OTHER: ["tai-lieu-khac", "Tài liệu khác"],
} as const;

/** One officer or party brings the paper, the deciding officer confirms it the same day, unless it is left to them. */
async function bringPaper(
  load: Load,
  deal: DemoDeal,
  paper: DemoDeal["evidence"][number],
  actor: Actor,
): Promise<void> {
  const { code } = found(load.deals, deal.key);
  const [file, title] = paperNames[paper.kind];
  const nameOf = (key: string) => load.market.organisations.find((one) => one.key === key)?.legalName ?? key;
  const fileId = await storePaper(load, actor, `${file}-${code}.pdf`, title, [
    `Giao dịch ${code}: ${deal.title}.`,
    `Bên mua: ${nameOf(deal.buyer)}.`,
    `Bên cung: ${deal.suppliers.map((s) => nameOf(s.organisation)).join("; ")}.`,
    `Ngày của tài liệu: ${paper.on.split("-").reverse().join("/")}.`,
    "Tài liệu do bản trình diễn OpenSàn sinh ra; các bên, con số và nội dung là hư cấu.",
  ]);
  const documentNumber = paper.kind === "CERTIFICATE" ? deal.registration.number : undefined;
  const { evidenceId } = must(
    await addEvidence(load.deps, actor, code, { kind: paper.kind, fileId, documentOn: paper.on, documentNumber }),
  );
  if (paper.isWaiting) return;
  load.deals.set(
    deal.key,
    must(await confirmEvidence(load.deps, found(load.people, decider), { code, evidenceId, decision: "CONFIRMED" })),
  );
}

async function correct(load: Load, deal: DemoDeal): Promise<void> {
  const { correction } = deal;
  if (!correction) return;
  const { code, version } = found(load.deals, deal.key);
  const values = deal.lines.map((line, index) =>
    index === correction.lineIndex ? correction.valueVnd : line.valueVnd,
  );
  const input = { version, reason: correction.reason, contract: contractOf(load, deal, values) };
  load.deals.set(deal.key, must(await correctDeal(load.deps, found(load.people, decider), code, input)));
}
