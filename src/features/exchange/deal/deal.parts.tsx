import type { Language } from "../../../kernel/language.ts";
import type { HistoryEntry } from "../../../platform/history.ts";
import { countryName, fieldName, goodsKindName, type ProvincePack, sectorOf } from "../../../province/index.ts";
import { showDay, showInstant, showNumber, showVnd } from "../../../ui/format.ts";
import {
  Badge,
  Card,
  Facts,
  Muted,
  Notice,
  Section,
  StepList,
  Table,
  Text,
  Timeline,
  type Tone,
} from "../../../ui/parts.tsx";
import { organisationWords } from "../../accounts/index.ts";
import { registrationLaw } from "../registration/registration.rules.ts";
import { entersValue } from "./deal.count.ts";
import { dealFormWords } from "./deal.form.words.ts";
import { type Deal, type DealState, isWaitingCertificate, type Party, signedStates } from "./deal.rules.ts";
import { type Shown, waitsFor } from "./deal.shown.rules.ts";
import { dealWords } from "./deal.words.ts";

/** Pieces that the parties' page and the office's page share. */

export type DealProps = { language: Language; pack: ProvincePack; deal: Deal };
type ShownProps = DealProps & { shown: Shown };

const tones: Record<DealState, Tone> = {
  OPEN: "info",
  AGREED: "info",
  CONTRACT_SIGNED: "wait",
  EFFECTIVE: "good",
  IN_PERFORMANCE: "good",
  ACCEPTED: "good",
  LIQUIDATED: "good",
  CANCELLED: "bad",
  DISPUTED: "bad",
};
export const StateBadge = ({ language, state }: { language: Language; state: DealState }) => (
  <Badge tone={tones[state]}>{dealWords[language].state[state]}</Badge>
);

/** Whether it counts, in one sentence. */
export function countingText(
  language: Language,
  deal: Pick<Deal, "state" | "recognisedOn" | "registration" | "signedOn">,
): string {
  const t = dealWords[language];
  if (deal.recognisedOn) return deal.state === "CANCELLED" ? t.cancelledCounted : t.counted(showDay(deal.recognisedOn));
  return signedStates.includes(deal.state) && isWaitingCertificate(deal) ? t.waitingCertificate : t.notCounted;
}

export function Steps({ language, deal }: { language: Language; deal: Deal }) {
  const t = dealWords[language];
  const current =
    deal.state === "OPEN" || deal.state === "AGREED"
      ? deal.lines.length
        ? "CONTRACT"
        : "REQUEST"
      : deal.state === "CONTRACT_SIGNED"
        ? "CONTRACT"
        : "ACCEPTANCE";
  return (
    <StepList
      label={t.steps}
      current={current}
      steps={(["REQUEST", "CONTRACT", "ACCEPTANCE"] as const).map((key) => ({ key, label: t.step[key] }))}
    />
  );
}

/** A plain decimal as people read it: `10.000,5`. */
function showDecimal(language: Language, plain: string): string {
  const [whole = "0", fraction] = plain.split(".");
  return `${showNumber(language, BigInt(whole))}${fraction ? `${language === "en" ? "." : ","}${fraction}` : ""}`;
}

/** The fields that figures are made of: all that an officer sees. */
export function CountedFacts({ language, pack, deal, shown }: ShownProps) {
  const t = dealWords[language];
  const territory = pack.territories.territories.find((one) => one.key === deal.territory);
  const sector = deal.sector ? sectorOf(pack, deal.sector) : undefined;
  const types = organisationWords[language].orgTypes;
  // What is counted of a party is its kind.
  const nameOf = (party: Party) => (shown.names ? party.name : types[party.orgType]);
  return (
    <Facts
      of={[
        [t.status, <StateBadge language={language} state={deal.state} />],
        [t.buyer, nameOf(deal.buyer)],
        [t.suppliers, deal.suppliers.map((s) => `${nameOf(s)} (${t.share} ${s.shareBp / 100} %)`).join("\n")],
        [
          t.value,
          deal.valueVnd > 0n &&
            `${showVnd(language, deal.valueVnd)}${deal.isRoyaltyEstimate ? ` – ${t.estimate}` : ""}`,
        ],
        [
          t.amount,
          deal.currency !== "VND" &&
            deal.contractAmount &&
            `${showDecimal(language, deal.contractAmount)} ${deal.currency}`,
        ],
        [t.rate, deal.rate && deal.rateOn && t.rateText(showDecimal(language, deal.rate), showDay(deal.rateOn))],
        [t.flow, dealFormWords[language].flows[deal.flow]],
        [t.origin, countryName(pack, deal.originCountry, language)],
        [t.counterparty, countryName(pack, deal.counterpartyCountry, language)],
        [t.sector, sector?.name[language]],
        [t.stField, deal.stField && fieldName(pack, deal.stField, language)],
        [t.territory, territory?.name[language]],
        [t.signedOn, deal.signedOn && showDay(deal.signedOn)],
        [t.evidenceLevel, t.level[deal.evidenceLevel]],
        [t.recognisedOn, countingText(language, deal)],
      ]}
    />
  );
}

/** What only the parties, the broker, who entered it and an auditor see. */
export function PrivateFacts({ language, deal }: DealProps) {
  const t = dealWords[language];
  const modes = dealFormWords[language].modes as Record<string, string>;
  return (
    <Facts
      of={[
        [t.requestText, deal.requestText],
        [t.broker, deal.broker?.name],
        [t.payment, deal.paymentMode && modes[deal.paymentMode]],
        [t.effectiveOn, deal.effectiveOn && showDay(deal.effectiveOn)],
        [t.acceptedOn, deal.acceptedOn && showDay(deal.acceptedOn)],
        [t.cancelledOn, deal.cancelledOn && showDay(deal.cancelledOn)],
        [t.reason, deal.cancelReason],
      ]}
    />
  );
}

export function Lines({ language, pack, deal, shown }: ShownProps) {
  const t = dealWords[language];
  if (deal.lines.length === 0) return null;
  return (
    <Section title={t.lines}>
      <Table
        caption={t.lines}
        rows={deal.lines}
        keyOf={(line) => line.id}
        columns={[
          {
            head: t.goods,
            cell: (line) =>
              `${goodsKindName(pack, line.goodsKind, language)}${entersValue(pack, line.goodsKind) ? "" : ` (${t.notInValue})`}`,
          },
          { head: t.description, cell: (line) => (shown.names ? line.description : "–") },
          { head: t.lineValue, number: true, cell: (line) => showVnd(language, line.valueVnd) },
        ]}
      />
    </Section>
  );
}

/** The rule that decided about registration, with its "căn cứ" (decisions.md 7). */
export function RegistrationCard({ language, pack, deal }: DealProps) {
  const t = dealWords[language];
  const { registration } = deal;
  if (!deal.signedOn || !registration.reason) return null;
  const law = registrationLaw(pack, registration.law);
  const reasons = t.registrationReason as Record<string, string>;
  return (
    <Card title={t.registration}>
      {signedStates.includes(deal.state) && isWaitingCertificate(deal) && (
        <Notice tone="wait">{t.waitingCertificate}</Notice>
      )}
      <Facts
        of={[
          [registration.required ? t.registrationRequired : t.registrationFree, reasons[registration.reason]],
          [
            t.certificate,
            registration.number &&
              registration.certifiedOn &&
              t.certificateText(registration.number, showDay(registration.certifiedOn)),
          ],
          [t.basis, law?.basis],
        ]}
      />
      {law && <Muted>{law.verifiedOn ? t.verified(showDay(law.verifiedOn)) : t.unverified}</Muted>}
    </Card>
  );
}

/** What still stands between this deal and the figures. */
export function Waits({ language, deal }: { language: Language; deal: Deal }) {
  const t = dealWords[language];
  const waits = waitsFor(deal);
  if (waits.length === 0) return null;
  return (
    <Notice tone="wait">
      {t.notCounted}: {waits.map((one) => t.waits[one]).join("; ")}.
    </Notice>
  );
}

export const Claimed = ({ language, deal, shown }: { language: Language; deal: Deal; shown: Shown }) =>
  deal.offPlatform ? (
    <Notice>
      {dealWords[language].offPlatform}
      {deal.claimedEvidenceLevel !== undefined && (
        <Text>
          {dealWords[language].claimed(deal.claimedEvidenceLevel, (shown.names && deal.claimedEvidenceNote) || "–")}
        </Text>
      )}
    </Notice>
  ) : null;

export function History(p: {
  language: Language;
  history: readonly HistoryEntry[];
  people?: ReadonlyMap<string, string>;
}) {
  const { language, history, people } = p;
  const t = dealWords[language];
  const verbs: Record<string, string> = { ...t.verb, ...t.event };
  return (
    <Section title={t.history}>
      <Timeline
        entries={history.map((e) => ({
          key: e.id,
          when: showInstant(e.at),
          what: verbs[e.verb] ?? e.verb,
          note: [people?.get(e.id), e.organisation].filter(Boolean).join(", ") || undefined,
        }))}
      />
    </Section>
  );
}
