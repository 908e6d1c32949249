import { flows, goodsKinds, paymentModes } from "../../../kernel/codes.ts";
import type { Typed } from "../../../kernel/form.ts";
import type { Language } from "../../../kernel/language.ts";
import { countryName, fieldsOf, goodsKindName, type ProvincePack } from "../../../province/index.ts";
import { type Choice, type FormState, RadioField, SelectField, TextField, TickField } from "../../../ui/form.tsx";
import { showDay } from "../../../ui/format.ts";
import { Card, Details, Grid } from "../../../ui/parts.tsx";
import { registrationExceptions } from "../registration/registration.rules.ts";
import { lineSlots, supplierSlots } from "./deal.contract.rules.ts";
import { dealFormWords } from "./deal.form.words.ts";
import type { Deal } from "./deal.rules.ts";
import { dealWords } from "./deal.words.ts";

/** The fields of a contract, as every form about one shows them. */

const currencies = [
  "VND",
  "USD",
  "EUR",
  "JPY",
  "KRW",
  "CNY",
  "GBP",
  "AUD",
  "CAD",
  "SGD",
  "THB",
  "TWD",
  "CHF",
  "INR",
] as const;
const firstLines = 3;
const firstSuppliers = 2;

/** The form as it stands in the record. */
export function typedOfDeal(deal: Deal): Typed {
  const typed: Typed = {};
  const put = (name: string, value: string | undefined) => {
    if (value !== undefined) typed[name] = value;
  };
  const comma = (decimal: string | undefined) => decimal?.replace(".", ",");
  deal.lines.forEach((line, i) => {
    put(`line${i + 1}Kind`, line.goodsKind);
    put(`line${i + 1}Description`, line.description);
    put(`line${i + 1}Amount`, comma(line.amount));
  });
  deal.suppliers.forEach((s, i) => {
    put(`supplier${i + 1}`, s.taxCode ?? s.name);
    put(`supplier${i + 1}Share`, comma(String(s.shareBp / 100)));
  });
  for (const name of [
    "currency",
    "flow",
    "originCountry",
    "counterpartyCountry",
    "paymentMode",
    "sector",
    "stField",
    "territory",
  ] as const)
    put(name, deal[name]);
  put("rate", comma(deal.rate));
  for (const name of ["rateOn", "signedOn", "effectiveOn"] as const) put(name, deal[name] && showDay(deal[name]));
  put("isRoyaltyEstimate", deal.isRoyaltyEstimate ? "yes" : undefined);
  put("usesStateFunds", deal.usesStateFunds ? "yes" : undefined);
  put("registrationException", deal.registration.exception);
  return typed;
}

type Props = { language: Language; pack: ProvincePack; form: FormState };
export const labelsOf = (language: Language): Record<string, string> => {
  const t = dealFormWords[language];
  const labels: Record<string, string> = {
    buyer: t.buyer,
    currency: t.currency,
    rate: t.rate,
    rateOn: t.rateOn,
    flow: t.flow,
    originCountry: t.originCountry,
    counterpartyCountry: t.counterpartyCountry,
    paymentMode: t.paymentMode,
    sector: t.sector,
    stField: t.stField,
    territory: t.territory,
    signedOn: t.signedOn,
    effectiveOn: t.effectiveOn,
    title: dealWords[language].title,
    reason: dealWords[language].correctReason,
    file: t.file,
    acceptedOn: t.acceptedOn,
  };
  for (let n = 1; n <= lineSlots; n++)
    for (const [part, word] of [
      ["Kind", t.kind],
      ["Description", t.description],
      ["Amount", t.amount],
    ])
      labels[`line${n}${part}`] = `${t.line(n)}, ${word}`;
  for (let n = 1; n <= supplierSlots; n++) {
    labels[`supplier${n}`] = t.supplier(n);
    labels[`supplier${n}Share`] = `${t.supplier(n)}, ${t.share}`;
  }
  return labels;
};

function LineFields({ language, pack, form, n }: Props & { n: number }) {
  const t = dealFormWords[language];
  const kinds = goodsKinds.map((kind) => ({ value: kind, label: goodsKindName(pack, kind, language) }));
  return (
    <Grid columns={3}>
      <SelectField
        form={form}
        name={`line${n}Kind`}
        label={`${t.line(n)}: ${t.kind}`}
        choices={kinds}
        required={n === 1}
      />
      <TextField
        form={form}
        name={`line${n}Description`}
        label={`${t.line(n)}: ${t.description}`}
        maxLength={500}
        required={n === 1}
      />
      <TextField
        form={form}
        name={`line${n}Amount`}
        label={`${t.line(n)}: ${t.amount}`}
        inputMode="numeric"
        required={n === 1}
      />
    </Grid>
  );
}
function SupplierFields({ language, form, n }: Props & { n: number }) {
  const t = dealFormWords[language];
  return (
    <Grid columns={2}>
      <TextField
        form={form}
        name={`supplier${n}`}
        label={t.supplier(n)}
        hint={t.supplierHint}
        maxLength={200}
        required={n === 1}
      />
      <TextField
        form={form}
        name={`supplier${n}Share`}
        label={`${t.supplier(n)}: ${t.share}`}
        inputMode="numeric"
        width="short"
        required={n === 1}
      />
    </Grid>
  );
}
const upTo = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);
const isFilled = (form: FormState, prefix: string, from: number, to: number) =>
  upTo(from, to).some((n) =>
    Object.keys({ ...form.typed, ...form.why }).some(
      (name) => name.startsWith(`${prefix}${n}`) && (form.typed[name] || form.why[name]),
    ),
  );

function MoneyFields(p: Props) {
  const t = dealFormWords[p.language];
  return (
    <Card title={t.parts.money}>
      <SelectField
        form={p.form}
        name="currency"
        label={t.currency}
        choices={currencies.map((code) => ({ value: code, label: code }))}
        empty={false}
        required
      />
      {upTo(1, firstLines).map((n) => (
        <LineFields key={n} {...p} n={n} />
      ))}
      <Details summary={t.moreLines} open={isFilled(p.form, "line", firstLines + 1, lineSlots)}>
        {upTo(firstLines + 1, lineSlots).map((n) => (
          <LineFields key={n} {...p} n={n} />
        ))}
      </Details>
      <Grid columns={2}>
        <TextField form={p.form} name="rate" label={t.rate} hint={t.rateHint} inputMode="numeric" />
        <TextField form={p.form} name="rateOn" label={t.rateOn} hint={t.dayHint} />
      </Grid>
      <SelectField
        form={p.form}
        name="paymentMode"
        label={t.paymentMode}
        choices={paymentModes.map((mode) => ({ value: mode, label: t.modes[mode] }))}
      />
      <TickField form={p.form} name="isRoyaltyEstimate" label={t.isRoyaltyEstimate} />
    </Card>
  );
}

function ClassFields({ language, pack, form }: Props) {
  const t = dealFormWords[language];
  const exceptions = dealWords[language].registrationReason;
  return (
    <>
      <SelectField
        form={form}
        name="sector"
        label={t.sector}
        choices={pack.sectors.sectors.map((s) => ({ value: s.key, label: s.name[language] }))}
      />
      <SelectField
        form={form}
        name="stField"
        label={t.stField}
        choices={fieldsOf(pack).map((f) => ({ value: f.code, label: `${f.code} ${f.name[language]}` }))}
      />
      <SelectField
        form={form}
        name="territory"
        label={t.territory}
        choices={pack.territories.territories.map((one) => ({ value: one.key, label: one.name[language] }))}
      />
      <SelectField
        form={form}
        name="registrationException"
        label={t.registrationException}
        hint={t.exceptionHint}
        choices={registrationExceptions.map((key) => ({ value: key, label: exceptions[key] }))}
      />
    </>
  );
}

function TechnologyFields({ language, pack, form }: Props) {
  const t = dealFormWords[language];
  const countries: Choice[] = pack.countries.countries.map((c) => ({
    value: c.code,
    label: countryName(pack, c.code, language),
  }));
  return (
    <Card title={t.parts.technology}>
      <RadioField
        form={form}
        name="flow"
        label={t.flow}
        choices={flows.map((flow) => ({ value: flow, label: t.flows[flow] }))}
        required
      />
      <Grid columns={2}>
        <SelectField
          form={form}
          name="originCountry"
          label={t.originCountry}
          hint={t.originHint}
          choices={countries}
          required
        />
        <SelectField
          form={form}
          name="counterpartyCountry"
          label={t.counterpartyCountry}
          choices={countries}
          required
        />
        <ClassFields language={language} pack={pack} form={form} />
      </Grid>
      <TickField form={form} name="usesStateFunds" label={t.usesStateFunds} />
    </Card>
  );
}

export function ContractFields(p: Props) {
  const t = dealFormWords[p.language];
  return (
    <>
      <Card title={t.parts.parties}>
        {upTo(1, firstSuppliers).map((n) => (
          <SupplierFields key={n} {...p} n={n} />
        ))}
        <Details summary={t.moreSuppliers} open={isFilled(p.form, "supplier", firstSuppliers + 1, supplierSlots)}>
          {upTo(firstSuppliers + 1, supplierSlots).map((n) => (
            <SupplierFields key={n} {...p} n={n} />
          ))}
        </Details>
      </Card>
      <MoneyFields {...p} />
      <TechnologyFields {...p} />
      <Card title={t.parts.days}>
        <Grid columns={2}>
          <TextField form={p.form} name="signedOn" label={t.signedOn} hint={t.dayHint} width="short" />
          <TextField form={p.form} name="effectiveOn" label={t.effectiveOn} hint={t.dayHint} width="short" />
        </Grid>
      </Card>
    </>
  );
}
