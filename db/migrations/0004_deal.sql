-- Interests and deals.
create table interest (
  id uuid primary key,
  code text not null unique,
  listing_id uuid not null references listing (id),
  to_organisation_id uuid not null references organisation (id), -- who answers: the listing's owner
  contact_policy text not null check (contact_policy in ('DIRECT','VIA_BROKER','ANONYMOUS')), -- as it was when asked
  from_organisation_id uuid references organisation (id),
  from_person_id uuid references person (id),
  guest_name text,
  guest_phone text check (guest_phone ~ '^\+[1-9][0-9]{7,14}$'), -- one form for one number: +84912345678
  guest_organisation text,
  cooperation text not null,               -- kind of co-operation wanted
  missing_information text not null,
  about text not null,                     -- about the asking organisation
  state text not null default 'NEW' check (state in ('NEW','SCREENED','FORWARDED','ACCEPTED','DECLINED','NO_ANSWER','DEAL_OPENED')),
  broker_organisation_id uuid references organisation (id),
  broker_person_id uuid references person (id),
  screening_note text,
  reason_code text check (reason_code in ('PRICE','TRL_LOW','FIELD_MISMATCH','HAS_SOLUTION','MISSING_INFORMATION','PARTNER_CAPACITY','OTHER')),
  reason_note text,
  lookup_code_hash text,                   -- a guest follows the answer with this code
  consent_version text,                    -- the text a guest agreed to
  forwarded_at timestamptz,
  reminded_at timestamptz,
  answered_at timestamptz,
  answered_by uuid references person (id),
  version int not null default 1,
  created_at timestamptz not null default date_trunc('milliseconds', now()), -- lists page by it, in what both sides can say
  constraint interest_has_sender check (from_organisation_id is not null or (guest_name is not null and guest_phone is not null)),
  constraint interest_guest_consents check (guest_phone is null or consent_version is not null),
  constraint interest_not_own_listing check (from_organisation_id is distinct from to_organisation_id),
  constraint interest_forwarded_has_time check (state not in ('FORWARDED','ACCEPTED','NO_ANSWER','DEAL_OPENED') or forwarded_at is not null),
  constraint interest_refusal_has_reason check (state <> 'DECLINED' or reason_code is not null)
);
create index interest_of_listing on interest (listing_id, created_at desc, id);
create index interest_of_receiver on interest (to_organisation_id, created_at desc, id) where forwarded_at is not null;
create unique index interest_lookup on interest (lookup_code_hash) where lookup_code_hash is not null;
create index interest_of_sender on interest (from_organisation_id, created_at desc, id);
create index interest_to_screen on interest (created_at, id) where state in ('NEW','SCREENED');
create index interest_of_broker on interest (broker_organisation_id, created_at, id) where state in ('NEW','SCREENED');
create index interest_waiting on interest (forwarded_at, id) where state = 'FORWARDED'; -- reminder after 7 days, closed after 14
create unique index interest_one_open on interest (listing_id, from_organisation_id) where state in ('NEW','SCREENED','FORWARDED','ACCEPTED') and from_organisation_id is not null;
create unique index interest_one_open_guest on interest (listing_id, guest_phone) where state in ('NEW','SCREENED','FORWARDED','ACCEPTED') and guest_phone is not null;

create table deal (
  id uuid primary key,
  code text not null unique,
  title text not null check (length(title) between 5 and 200),
  state text not null default 'OPEN' check (state in ('OPEN','AGREED','CONTRACT_SIGNED','EFFECTIVE','IN_PERFORMANCE','ACCEPTED','LIQUIDATED','CANCELLED','DISPUTED')),
  state_before_dispute text check (state_before_dispute in ('EFFECTIVE','IN_PERFORMANCE','ACCEPTED')), -- where it goes on
  buyer_organisation_id uuid not null references organisation (id),
  broker_organisation_id uuid references organisation (id),
  interest_id uuid unique references interest (id),
  listing_id uuid references listing (id),
  off_platform boolean not null default false,
  entered_by uuid not null references person (id),
  entered_organisation_id uuid references organisation (id),
  figures_by uuid references person (id),  -- who last wrote the figures: may not confirm evidence of them
  request_text text not null default '',   -- what is wanted, in the parties' words
  flow text not null check (flow in ('DOMESTIC','INBOUND','OUTBOUND')),
  origin_country text not null check (origin_country ~ '^[A-Z]{2}$'),        -- of the technology
  counterparty_country text not null check (counterparty_country ~ '^[A-Z]{2}$'),
  currency text not null default 'VND' check (currency ~ '^[A-Z]{3}$'),
  contract_amount numeric(24,4),           -- in `currency` when it is not VND
  rate numeric(18,6),                      -- đồng for one unit, of rate_on
  rate_on date,
  value_vnd bigint not null default 0 check (value_vnd >= 0),
  payment_mode text,
  is_royalty_estimate boolean not null default false,
  uses_state_funds boolean not null default false,
  sector text,
  st_field text,
  territory text,
  signed_on date,
  effective_on date,
  accepted_on date,
  cancelled_on date,
  cancel_reason text,
  registration_required boolean not null default false,
  registration_reason text,                -- INBOUND, OUTBOUND, STATE_FUNDS, an exception, VOLUNTARY or NOT_TRANSFER
  registration_exception text check (registration_exception in ('TASK_RESULTS_REGISTERED','RESTRICTED_LICENSED')), -- declared
  registration_law text,                   -- the pack's rule that decided
  registration_number text,
  registration_certified_on date,
  evidence_level int not null default 0 check (evidence_level between 0 and 4),
  recognised_on date,                      -- set once, never moved (decisions.md 2)
  claimed_evidence_level int check (claimed_evidence_level between 0 and 4), -- an import's word: shown, never counted
  claimed_evidence_note text,
  source text,
  source_id text,
  version int not null default 1,
  created_at timestamptz not null default date_trunc('milliseconds', now()),
  updated_at timestamptz not null default now(),
  constraint deal_signed_has_date check (state not in ('CONTRACT_SIGNED','EFFECTIVE','IN_PERFORMANCE','ACCEPTED','LIQUIDATED') or signed_on is not null),
  constraint deal_signed_has_value check (state not in ('CONTRACT_SIGNED','EFFECTIVE','IN_PERFORMANCE','ACCEPTED','LIQUIDATED') or value_vnd > 0),
  constraint deal_foreign_money_has_rate check (currency = 'VND' or value_vnd = 0 or (contract_amount is not null and rate is not null and rate_on is not null)),
  constraint deal_effective_needs_certificate check (state not in ('EFFECTIVE','IN_PERFORMANCE','ACCEPTED','LIQUIDATED') or not registration_required or registration_certified_on is not null),
  constraint deal_dispute_remembers check (state <> 'DISPUTED' or state_before_dispute is not null),
  constraint deal_cancelled_has_reason check (state <> 'CANCELLED' or length(cancel_reason) > 0),
  constraint deal_certificate_whole check ((registration_number is null) = (registration_certified_on is null)),
  constraint deal_recognised_has_evidence check (recognised_on is null or evidence_level >= 2),
  constraint deal_source_whole check ((source is null) = (source_id is null))
);
-- Of each office its own: another office's file never meets these deals.
create unique index deal_source on deal (entered_organisation_id, source, source_id) nulls not distinct where source is not null;
create index deal_of_buyer on deal (buyer_organisation_id, created_at desc, id);
create index deal_of_broker on deal (broker_organisation_id, created_at desc, id) where broker_organisation_id is not null;
create index deal_entered on deal (entered_organisation_id, created_at desc, id) where off_platform;
create index deal_newest on deal (created_at desc, id);
create index deal_waiting_certificate on deal (signed_on, id) where registration_required and registration_certified_on is null;

create function keep_recognition() returns trigger language plpgsql as $$
begin
  if old.recognised_on is not null and new.recognised_on is distinct from old.recognised_on then
    raise exception 'recognised_on is set once' using errcode = '23514', constraint = 'deal_recognised_once';
  end if;
  return new;
end $$;
create trigger deal_recognised_once before update on deal for each row execute function keep_recognition();

create table deal_line (
  id uuid primary key,
  deal_id uuid not null references deal (id),
  position int not null,
  goods_kind text not null check (goods_kind in ('TECHNOLOGY','EQUIPMENT','IP_ASSET','RESEARCH_RESULT','ST_SERVICE','OCOP_PRODUCT')),
  description text not null check (length(description) between 1 and 500),
  amount numeric(24,4) not null check (amount > 0), -- in the contract's currency
  value_vnd bigint not null check (value_vnd > 0),
  listing_id uuid references listing (id),
  removed_at timestamptz,                  -- a corrected contract has fewer lines; what was counted still names this one
  unique (deal_id, position)
);

create table deal_supplier (
  deal_id uuid not null references deal (id),
  organisation_id uuid not null references organisation (id),
  share_bp int not null check (share_bp between 1 and 10000), -- basis points; a deal's sum is 10000
  primary key (deal_id, organisation_id)
);
create index deal_supplier_of on deal_supplier (organisation_id, deal_id);

-- A document behind a deal; never overwritten. Level 3 needs a signed contract (2) before it counts as 3: rules say so.
create table deal_evidence (
  id uuid primary key,
  deal_id uuid not null references deal (id),
  kind text not null check (kind in ('CONTRACT','INVOICE','PAYMENT','ACCEPTANCE_MINUTES','CERTIFICATE','OTHER')),
  file_id uuid not null references file (id),
  document_number text,
  document_on date,
  added_by uuid not null references person (id),
  added_at timestamptz not null default now(),
  decision text check (decision in ('CONFIRMED','REFUSED')),
  decided_by uuid references person (id),
  decided_at timestamptz,
  reason text,
  constraint deal_evidence_not_by_adder check (decided_by is null or decided_by <> added_by),
  constraint deal_evidence_refusal_has_reason check (decision <> 'REFUSED' or length(reason) > 0)
);
create index deal_evidence_of_file on deal_evidence (file_id);
create index deal_evidence_of on deal_evidence (deal_id, added_at);
create index deal_evidence_to_decide on deal_evidence (added_at, id) where decision is null;

-- Each party's own word in the system (evidence level 1).
create table deal_confirmation (
  deal_id uuid not null references deal (id),
  organisation_id uuid not null references organisation (id),
  subject text not null check (subject in ('AGREEMENT','CONTRACT','ACCEPTANCE')),
  person_id uuid not null references person (id),
  at timestamptz not null default now(),
  deal_version int not null,
  primary key (deal_id, organisation_id, subject)
);

-- What the province's figures are summed from (decisions.md 1–4). Append-only; a correction is a new entry with its reason.
create table counted_line (
  id uuid primary key,
  deal_id uuid not null references deal (id),
  deal_line_id uuid not null references deal_line (id),
  supplier_organisation_id uuid not null references organisation (id),
  entry text not null check (entry in ('COUNT','CORRECTION')),
  reason text,
  recorded_by uuid,
  recorded_at timestamptz not null default now(),
  recognised_on date not null,
  goods_kind text not null,
  flow text not null,
  origin_country text not null,
  supplier_org_type text not null,
  sector text not null default '',
  territory text not null default '',
  evidence_level int not null check (evidence_level between 2 and 4),
  value_vnd bigint not null,               -- negative in corrections that lower
  constraint counted_line_correction_has_reason check (entry = 'COUNT' or length(reason) > 0),
  constraint counted_line_count_positive check (value_vnd <> 0 and (entry = 'CORRECTION' or value_vnd > 0))
);
create unique index counted_line_once on counted_line (deal_line_id, supplier_organisation_id) where entry = 'COUNT';
create index counted_line_by_day on counted_line (recognised_on, deal_id, id); -- lineage pages by key
create index counted_line_of_deal on counted_line (deal_id, recorded_at);
create trigger counted_line_append_only before update or delete on counted_line for each row execute function refuse_change();

-- The same by the keys that predicates may use; kept in the transaction that writes counted_line. line_count is the sum of the signs of
-- the entries (no entry is zero; a correction takes an entry back whole), so it counts the shares of lines that stand.
create table counted_rollup (
  day date not null,
  goods_kind text not null,
  flow text not null,
  origin_country text not null,
  supplier_org_type text not null,
  sector text not null,
  territory text not null,
  evidence_level int not null,
  value_vnd bigint not null,
  line_count int not null,
  primary key (day, goods_kind, flow, origin_country, supplier_org_type, sector, territory, evidence_level)
);

-- Distinct deals are not additive over lines, so they are kept apart: profile is the sorted list of GOODS:ORG_TYPE of the deal's lines,
-- joined by commas, in byte order.
create table counted_deal_rollup (
  day date not null,
  flow text not null,
  origin_country text not null,
  sector text not null,
  territory text not null,
  evidence_level int not null,
  profile text not null,
  deal_count int not null,
  primary key (day, flow, origin_country, sector, territory, evidence_level, profile)
);
