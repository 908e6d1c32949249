-- The minimal intermediary record and the milestone's steps (decisions.md 5, 33).
create table intermediary (
  id uuid primary key,
  organisation_id uuid not null unique references organisation (id),
  kind text not null check (kind in ('EXCHANGE','TRADE_CENTRE','PROMOTION_CENTRE','IP_VALUATION','INNOVATION_CENTRE','INCUBATOR')),
  formed_on date not null,
  recorded_by uuid not null references person (id),
  version int not null default 1,
  created_at timestamptz not null default now()
);
-- Its connection to the national network counts from connected_on, with its document; a mistaken one is withdrawn with a reason, never
-- overwritten, so that the figure can be told as it was known on any day.
create table intermediary_connection (
  id uuid primary key,
  intermediary_id uuid not null references intermediary (id),
  connected_on date not null,
  document_title text not null check (length(document_title) between 1 and 300),
  document_number text,                    -- null prints "chưa có số"
  file_id uuid not null references file (id),
  recorded_by uuid not null references person (id),
  recorded_at timestamptz not null default now(),
  withdrawn_at timestamptz,
  withdrawn_by uuid references person (id),
  withdrawn_reason text,
  constraint intermediary_connection_withdrawal_whole check (
    (withdrawn_at is null) = (withdrawn_by is null) and (withdrawn_at is null or length(withdrawn_reason) > 0))
);
create unique index intermediary_connection_once on intermediary_connection (intermediary_id) where withdrawn_at is null;
create table milestone_step (
  id uuid primary key,
  milestone_key text not null,
  step_key text not null,
  done_on date not null,
  document_number text,                    -- null prints "chưa có số"
  document_title text not null,
  file_id uuid not null references file (id),
  recorded_by uuid not null references person (id),
  recorded_at timestamptz not null default now(),
  withdrawn_at timestamptz,
  withdrawn_by uuid references person (id),
  withdrawn_reason text,
  constraint milestone_step_withdrawal_whole check (
    (withdrawn_at is null) = (withdrawn_by is null) and (withdrawn_at is null or length(withdrawn_reason) > 0))
);
create unique index milestone_step_once on milestone_step (milestone_key, step_key) where withdrawn_at is null;

-- The day roll-ups of 0004 once more by the spans that reports use: half months (NĐ 09/2019 cuts at the 15th), administrative and calendar
-- years; without territory, and with sector '*' for all sectors together. A year of 200,000 lines is about two thousand rows here
-- (docs/decisions/0002). Kept by the statement that changes the day roll-up, so in the same transaction, whoever writes it.
create table counted_span_rollup (
  span_from date not null,
  span_to date not null,
  sector text not null,
  goods_kind text not null,
  flow text not null,
  origin_country text not null,
  supplier_org_type text not null,
  evidence_level int not null,
  value_vnd bigint not null,
  line_count int not null,
  primary key (span_from, span_to, sector, goods_kind, flow, origin_country, supplier_org_type, evidence_level)
);
create table counted_span_deal_rollup (
  span_from date not null,
  span_to date not null,
  sector text not null,
  flow text not null,
  origin_country text not null,
  evidence_level int not null,
  profile text not null,
  deal_count int not null,
  primary key (span_from, span_to, sector, flow, origin_country, evidence_level, profile)
);

create function spans_of_day(d date) returns table (span_from date, span_to date) language sql immutable as $$
  select case when extract(day from d) < 15 then make_date(extract(year from d)::int, extract(month from d)::int, 1)
              else make_date(extract(year from d)::int, extract(month from d)::int, 15) end,
         case when extract(day from d) < 15 then make_date(extract(year from d)::int, extract(month from d)::int, 14)
              else (make_date(extract(year from d)::int, extract(month from d)::int, 1) + interval '1 month' - interval '1 day')::date end
  union all
  select make_date(extract(year from d + 17)::int - 1, 12, 15), make_date(extract(year from d + 17)::int, 12, 14) -- 15/12 + 17 days is 1/1
  union all
  select make_date(extract(year from d)::int, 1, 1), make_date(extract(year from d)::int, 12, 31)
$$;

-- Writers of the roll-ups take turns from their first statement: the rows of a year are shared, and taking them in different orders would
-- end in a deadlock.
create function take_turns_counting() returns trigger language plpgsql as $$
begin
  perform pg_advisory_xact_lock(7302003);
  return null;
end $$;

create function spread_counted_rollup() returns trigger language plpgsql as $$
declare
  change text := case tg_op
    when 'INSERT' then 'select *, 1 as sign from added'
    when 'DELETE' then 'select *, -1 as sign from removed'
    else 'select *, 1 as sign from added union all select *, -1 from removed' end;
begin
  execute format($q$
    insert into counted_span_rollup as t
    select span_from, span_to, s.sector, goods_kind, flow, origin_country, supplier_org_type, evidence_level,
      sum(sign * value_vnd)::bigint, sum(sign * line_count)::int
    from (%s) c cross join lateral spans_of_day(c.day) cross join lateral (values (c.sector), ('*')) s (sector)
    group by 1, 2, 3, 4, 5, 6, 7, 8 having sum(sign * value_vnd) <> 0 or sum(sign * line_count) <> 0
    on conflict (span_from, span_to, sector, goods_kind, flow, origin_country, supplier_org_type, evidence_level)
    do update set value_vnd = t.value_vnd + excluded.value_vnd, line_count = t.line_count + excluded.line_count $q$, change);
  return null;
end $$;
create trigger counted_rollup_turn before insert or update or delete on counted_rollup for each statement execute function take_turns_counting();
create trigger counted_rollup_added after insert on counted_rollup
  referencing new table as added for each statement execute function spread_counted_rollup();
create trigger counted_rollup_changed after update on counted_rollup
  referencing old table as removed new table as added for each statement execute function spread_counted_rollup();
create trigger counted_rollup_removed after delete on counted_rollup
  referencing old table as removed for each statement execute function spread_counted_rollup();

create function spread_counted_deal_rollup() returns trigger language plpgsql as $$
declare
  change text := case tg_op
    when 'INSERT' then 'select *, 1 as sign from added'
    when 'DELETE' then 'select *, -1 as sign from removed'
    else 'select *, 1 as sign from added union all select *, -1 from removed' end;
begin
  execute format($q$
    insert into counted_span_deal_rollup as t
    select span_from, span_to, s.sector, flow, origin_country, evidence_level, profile, sum(sign * deal_count)::int
    from (%s) c cross join lateral spans_of_day(c.day) cross join lateral (values (c.sector), ('*')) s (sector)
    group by 1, 2, 3, 4, 5, 6, 7 having sum(sign * deal_count) <> 0
    on conflict (span_from, span_to, sector, flow, origin_country, evidence_level, profile)
    do update set deal_count = t.deal_count + excluded.deal_count $q$, change);
  return null;
end $$;
create trigger counted_deal_rollup_turn before insert or update or delete on counted_deal_rollup for each statement execute function take_turns_counting();
create trigger counted_deal_rollup_added after insert on counted_deal_rollup
  referencing new table as added for each statement execute function spread_counted_deal_rollup();
create trigger counted_deal_rollup_changed after update on counted_deal_rollup
  referencing old table as removed new table as added for each statement execute function spread_counted_deal_rollup();
create trigger counted_deal_rollup_removed after delete on counted_deal_rollup
  referencing old table as removed for each statement execute function spread_counted_deal_rollup();

-- Staged imports (decisions.md 20): nothing is visible until accepted.
create table import_batch (
  id uuid primary key,
  code text not null unique,
  kind text not null check (kind in ('OFFERS','REQUESTS','DEALS')),
  -- MAPPING: the columns are not ours, somebody must say what they are. FAILED: stopped by us, may be tried again.
  state text not null default 'STAGING' check (state in ('STAGING','MAPPING','STAGED','REFUSED','ACCEPTING','ACCEPTED','CANCELLED','FAILED')),
  organisation_id uuid not null references organisation (id),
  person_id uuid not null references person (id),
  file_id uuid not null references file (id),
  format text not null check (format in ('xlsx','csv','jsonl')),
  source text not null check (length(source) between 1 and 60),
  headers jsonb not null default '[]' check (jsonb_typeof(headers) = 'array'), -- the file's own columns, in their order
  mapping jsonb not null default '{}' check (jsonb_typeof(mapping) = 'object'), -- remembered for the next file of this source
  publish boolean not null default false,
  only_valid boolean not null default false, -- rows at fault are left out, by choice
  accepted_by uuid references person (id),
  rows_read int not null default 0,
  rows_valid int not null default 0,
  rows_bad int not null default 0,
  rows_written int not null default 0,     -- created + updated + unchanged; deals count their lines
  records_created int not null default 0,
  records_updated int not null default 0,
  records_unchanged int not null default 0,
  rows_total_estimate int,
  file_fault text,
  file_fault_detail text,
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint import_batch_accepted_by check (state not in ('ACCEPTING','ACCEPTED') or accepted_by is not null)
);
create index import_batch_of on import_batch (organisation_id, created_at desc, id);
create index import_batch_under_way on import_batch (updated_at) where state in ('STAGING','ACCEPTING'); -- what a crash left behind
create table import_row (
  batch_id uuid not null references import_batch (id) on delete cascade,
  row_number int not null,
  source_id text,
  raw jsonb not null,
  parsed jsonb,
  problems jsonb not null default '[]' check (jsonb_typeof(problems) = 'array'),
  written_id uuid,
  primary key (batch_id, row_number)
);
create index import_row_bad on import_row (batch_id, row_number) where problems <> '[]';
create index import_row_identity on import_row (batch_id, source_id);
