import type { Path } from "../province/pack.yaml.ts";
import type { DemoDeal, DemoInterest, DemoListing, DemoMarket } from "./demo.schema.ts";

/** What one record of the demo says about another: keys that exist, days in order, shares that add up. */

export type Report = (record: object, at: Path, message: string) => void;

export function checkMarket(market: DemoMarket, report: Report): void {
  const keys = {
    organisations: keysOf(market.organisations, report),
    people: keysOf(market.people, report),
    listings: keysOf(market.listings, report),
    deals: keysOf(market.deals, report),
    interests: keysOf(market.interests, report),
  };
  const refer = (record: object, at: Path, to: keyof typeof keys, key: string | undefined) => {
    if (key !== undefined && !keys[to].has(key)) report(record, at, `${at.join(".")}: no ${to} has the key ${key}`);
  };
  for (const person of market.people) refer(person, ["organisation"], "organisations", person.organisation);
  for (const listing of market.listings) {
    refer(listing, ["organisation"], "organisations", listing.organisation);
    checkListing(listing, report);
  }
  for (const deal of market.deals) {
    refer(deal, ["buyer"], "organisations", deal.buyer);
    refer(deal, ["broker"], "organisations", deal.broker);
    refer(deal, ["listing"], "listings", deal.listing);
    for (const [index, supplier] of deal.suppliers.entries())
      refer(deal, ["suppliers", index], "organisations", supplier.organisation);
    checkDeal(deal, report);
  }
  for (const interest of market.interests) {
    refer(interest, ["listing"], "listings", interest.listing);
    refer(interest, ["organisation"], "organisations", interest.organisation);
    refer(interest, ["person"], "people", interest.person);
    refer(interest, ["broker"], "organisations", interest.broker);
    refer(interest, ["deal"], "deals", interest.deal);
    checkInterest(interest, market, report);
  }
  for (const intermediary of market.intermediaries) {
    refer(intermediary, ["organisation"], "organisations", intermediary.organisation);
    if (intermediary.connected !== (intermediary.connectedAt !== null))
      report(intermediary, ["connected"], "connected and connectedAt say different things");
  }
  for (const step of market.milestones)
    if (step.done !== (step.on !== null) || step.done !== (step.document !== null))
      report(step, ["done"], "a step that is done has its day and its document, another has neither");
}

function keysOf(records: readonly { key: string }[], report: Report): Set<string> {
  const keys = new Set<string>();
  for (const record of records) {
    if (keys.has(record.key)) report(record, ["key"], `the key ${record.key} stands twice`);
    keys.add(record.key);
  }
  return keys;
}

const unpublished: readonly DemoListing["state"][] = ["DRAFT", "SUBMITTED", "IN_REVIEW", "CHANGES_REQUESTED"];
function checkListing(listing: DemoListing, report: Report): void {
  if (unpublished.includes(listing.state) !== (listing.publishedOn === null))
    report(
      listing,
      ["publishedOn"],
      `a listing that is ${listing.state} ${listing.publishedOn === null ? "needs" : "has no"} publishedOn`,
    );
  if (listing.confirmedOn && listing.confirmedOn < (listing.publishedOn ?? "9999"))
    report(listing, ["confirmedOn"], "is before publishedOn");
  if ((listing.state === "CHANGES_REQUESTED") !== (listing.reviewNote !== undefined))
    report(listing, ["state"], "reviewNote goes with CHANGES_REQUESTED");
}

function checkDeal(deal: DemoDeal, report: Report): void {
  if (deal.suppliers.reduce((sum, s) => sum + s.shareBp, 0) !== 10_000)
    report(deal, ["suppliers"], "shares do not add up to 10000");
  for (const name of ["effectiveOn", "acceptedOn", "cancelledOn"] as const)
    if ((deal[name] ?? deal.signedOn) < deal.signedOn) report(deal, [name], `${name} is before signedOn`);
  for (const [index, one] of deal.evidence.entries())
    if (one.on < deal.signedOn) report(deal, ["evidence", index], "is before signedOn");
  const certificate = deal.evidence.find((one) => one.kind === "CERTIFICATE");
  if (certificate?.on !== deal.registration.certifiedOn)
    report(deal, ["registration"], "certifiedOn is not the day of the CERTIFICATE");
  if (certificate && !deal.registration.number) report(deal, ["registration"], "a certificate has a number");
  if ((deal.state === "CANCELLED") !== (deal.cancelledOn !== undefined))
    report(deal, ["state"], "cancelledOn goes with CANCELLED");
  if ((deal.state === "ACCEPTED" || deal.state === "LIQUIDATED") !== (deal.acceptedOn !== undefined))
    report(deal, ["state"], "acceptedOn goes with ACCEPTED and LIQUIDATED");
  if (
    (deal.currency === "VND") !== (deal.rate === undefined) ||
    (deal.rate === undefined) !== (deal.rateDate === undefined)
  )
    report(deal, ["currency"], "another currency has a rate and its day");
  for (const [index, line] of deal.lines.entries())
    if (deal.rate && BigInt(line.valueVnd) % BigInt(deal.rate) !== 0n)
      report(deal, ["lines", index], "is not whole in the contract's currency");
  if (deal.correction && !deal.lines[deal.correction.lineIndex])
    report(deal, ["correction"], "corrects a line that is not there");
}

function checkInterest(interest: DemoInterest, market: DemoMarket, report: Report): void {
  const listing = market.listings.find((one) => one.key === interest.listing);
  if (!listing) return;
  if (interest.sentOn < (listing.publishedOn ?? "9999"))
    report(interest, ["sentOn"], "is before the listing was published");
  const isDirect = listing.document.contactPolicy === "DIRECT";
  if (isDirect && (interest.screenedOn || interest.forwardedOn !== interest.sentOn))
    report(interest, ["sentOn"], "the listing takes interests directly: forwardedOn is sentOn, nobody screens");
  const days = [interest.sentOn, interest.screenedOn, interest.forwardedOn, interest.answeredOn].filter(
    (day) => day !== undefined,
  );
  if ([...days].sort().join() !== days.join()) report(interest, ["sentOn"], "days are not in their order");
  const reached = { screenedOn: 1, forwardedOn: 2, answeredOn: 3 } as const;
  const rank = { NEW: 0, SCREENED: 1, FORWARDED: 2, NO_ANSWER: 2, ACCEPTED: 3, DECLINED: 3, DEAL_OPENED: 3 }[
    interest.state
  ];
  for (const [name, at] of Object.entries(reached) as [keyof typeof reached, number][])
    if (!(isDirect && name === "screenedOn") && (interest[name] !== undefined) !== rank >= at)
      report(interest, [name], `${name} does not fit an interest that is ${interest.state}`);
  if ((interest.state === "DECLINED") !== (interest.declineReason !== undefined))
    report(interest, ["state"], "declineReason goes with DECLINED");
  const deal = market.deals.find((one) => one.key === interest.deal);
  if (
    deal &&
    (deal.listing !== interest.listing ||
      deal.broker !== interest.broker ||
      deal.signedOn <= (interest.answeredOn ?? "9999"))
  )
    report(interest, ["deal"], "the deal names another listing or broker, or was signed before the answer");
  if ((interest.state === "DEAL_OPENED") !== (interest.deal !== undefined))
    report(interest, ["state"], "deal goes with DEAL_OPENED");
}
