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

-- Where a recount found the kept sums to differ, by its event: the office's page reads it and counts nothing.
create table recount_difference (
  recount_id uuid not null references event (id),
  position int not null,
  sums text not null check (sums in ('counted_rollup','counted_deal_rollup','figure_rollup','figure_deal_rollup')),
  key text not null,
  stored text not null,
  recounted text not null,
  primary key (recount_id, position)
);

-- The day roll-ups of 0004 once more, folded and by spans, so that a figure reads some hundred rows whatever the market's size
-- (docs/decisions/0002). Spans: the day, the half month (NĐ 09/2019 cuts at the 15th), the administrative and the calendar year. Folded:
-- values that no definition of the province pack tells apart are one ('*' is what no definition mentions). figure_fold says how; its hash
-- tells a reader whether these sums fit the pack, else it reads the day roll-ups. Kept by the very statement that changes a day roll-up.
create table figure_fold (
  key text not null,
  value text not null,
  stands text not null,
  primary key (key, value)
);
create table figure_fold_state (
  is_only boolean primary key default true check (is_only),
  hash text not null,
  made_at timestamptz not null default now()
);
create table figure_rollup (
  span_from date not null,
  span_to date not null,
  goods_kind text not null,
  flow text not null,
  origin_country text not null,
  supplier_org_type text not null,
  sector text not null,
  territory text not null,
  evidence_level int not null,
  value_vnd bigint not null,
  line_count int not null,
  primary key (span_from, span_to, goods_kind, flow, origin_country, supplier_org_type, sector, territory, evidence_level)
) with (fillfactor = 70);
create table figure_deal_rollup (
  span_from date not null,
  span_to date not null,
  flow text not null,
  origin_country text not null,
  sector text not null,
  territory text not null,
  evidence_level int not null,
  profile text not null,
  deal_count int not null,
  primary key (span_from, span_to, flow, origin_country, sector, territory, evidence_level, profile)
) with (fillfactor = 70);

create function spans_of_day(d date) returns table (span_from date, span_to date) language sql immutable as $$
  select d, d
  union all
  select case when extract(day from d) < 15 then make_date(extract(year from d)::int, extract(month from d)::int, 1)
              else make_date(extract(year from d)::int, extract(month from d)::int, 15) end,
         case when extract(day from d) < 15 then make_date(extract(year from d)::int, extract(month from d)::int, 14)
              else (make_date(extract(year from d)::int, extract(month from d)::int, 1) + interval '1 month' - interval '1 day')::date end
  union all
  select make_date(extract(year from d + 17)::int - 1, 12, 15), make_date(extract(year from d + 17)::int, 12, 14) -- 15/12 + 17 days is 1/1
  union all
  select make_date(extract(year from d)::int, 1, 1), make_date(extract(year from d)::int, 12, 31)
$$;

-- The folded sums as a query over `change`, itself a query of counted_rollup rows with a sign. Text, because only the trigger's own statements
-- see its transition tables; the recount runs the same text over the whole roll-up.
create function figures_select(change text) returns text language sql immutable as $$
  select format($q$
    select s.span_from, s.span_to, d.goods_kind, d.flow, d.origin_country, d.supplier_org_type, d.sector, d.territory, d.evidence_level,
      sum(d.value_vnd)::bigint as value_vnd, sum(d.line_count)::int as line_count
    from (
      select c.day, coalesce(g.stands, '*') as goods_kind, coalesce(f.stands, '*') as flow, coalesce(o.stands, '*') as origin_country,
        coalesce(y.stands, '*') as supplier_org_type, coalesce(x.stands, '*') as sector, coalesce(p.stands, '*') as territory,
        coalesce(e.stands, '-1')::int as evidence_level, sum(sign * value_vnd) as value_vnd, sum(sign * line_count) as line_count
      from (%s) c
      left join figure_fold g on g.key = 'goodsKind' and g.value = c.goods_kind
      left join figure_fold f on f.key = 'flow' and f.value = c.flow
      left join figure_fold o on o.key = 'originCountry' and o.value = c.origin_country
      left join figure_fold y on y.key = 'supplierOrgType' and y.value = c.supplier_org_type
      left join figure_fold x on x.key = 'sector' and x.value = c.sector
      left join figure_fold p on p.key = 'territory' and p.value = c.territory
      left join figure_fold e on e.key = 'evidenceLevel' and e.value = c.evidence_level::text
      group by 1, 2, 3, 4, 5, 6, 7, 8
    ) d cross join lateral spans_of_day(d.day) s
    group by 1, 2, 3, 4, 5, 6, 7, 8, 9 having sum(d.value_vnd) <> 0 or sum(d.line_count) <> 0 $q$, change)
$$;
create function figures_insert(change text) returns text language sql immutable as $$
  select 'insert into figure_rollup as t ' || figures_select(change) || '
    on conflict (span_from, span_to, goods_kind, flow, origin_country, supplier_org_type, sector, territory, evidence_level)
    do update set value_vnd = t.value_vnd + excluded.value_vnd, line_count = t.line_count + excluded.line_count'
$$;

-- Folds each GOODS:ORG_TYPE of a deal's profile.
create function folded_profile(profile text) returns text language sql stable as $$
  select string_agg(distinct coalesce(g.stands, '*') || ':' || coalesce(y.stands, '*'), ',' order by coalesce(g.stands, '*') || ':' || coalesce(y.stands, '*'))
  from unnest(string_to_array(profile, ',')) line
  left join figure_fold g on g.key = 'goodsKind' and g.value = split_part(line, ':', 1)
  left join figure_fold y on y.key = 'supplierOrgType' and y.value = split_part(line, ':', 2)
$$;
create function deal_figures_select(change text) returns text language sql immutable as $$
  select format($q$
    select s.span_from, s.span_to, d.flow, d.origin_country, d.sector, d.territory, d.evidence_level, d.profile, sum(d.deal_count)::int as deal_count
    from (
      select c.day, coalesce(f.stands, '*') as flow, coalesce(o.stands, '*') as origin_country, coalesce(x.stands, '*') as sector,
        coalesce(p.stands, '*') as territory, coalesce(e.stands, '-1')::int as evidence_level, l.folded as profile, sum(sign * deal_count) as deal_count
      from (%1$s) c
      join (select profile, folded_profile(profile) as folded from (select distinct profile from (%1$s) a) b) l on l.profile = c.profile
      left join figure_fold f on f.key = 'flow' and f.value = c.flow
      left join figure_fold o on o.key = 'originCountry' and o.value = c.origin_country
      left join figure_fold x on x.key = 'sector' and x.value = c.sector
      left join figure_fold p on p.key = 'territory' and p.value = c.territory
      left join figure_fold e on e.key = 'evidenceLevel' and e.value = c.evidence_level::text
      group by 1, 2, 3, 4, 5, 6, 7
    ) d cross join lateral spans_of_day(d.day) s
    group by 1, 2, 3, 4, 5, 6, 7, 8 having sum(d.deal_count) <> 0 $q$, change)
$$;
create function deal_figures_insert(change text) returns text language sql immutable as $$
  select 'insert into figure_deal_rollup as t ' || deal_figures_select(change) || '
    on conflict (span_from, span_to, flow, origin_country, sector, territory, evidence_level, profile)
    do update set deal_count = t.deal_count + excluded.deal_count'
$$;

-- Writers of the roll-ups take turns from their first statement: the sums of a year are shared rows, and taking them in different orders
-- would end in a deadlock.
create function take_turns_counting() returns trigger language plpgsql as $$
begin
  perform pg_advisory_xact_lock(7302003);
  return null;
end $$;
-- Planning cost more than the work itself: the joins are few and small, in the order written (docs/decisions/0002-folded-figures.md).
create function spread_change() returns trigger language plpgsql set join_collapse_limit = 1 set jit = off as $$
declare
  change text := case tg_op
    when 'INSERT' then 'select *, 1 as sign from added'
    when 'DELETE' then 'select *, -1 as sign from removed'
    else 'select *, 1 as sign from added union all select *, -1 from removed' end;
begin
  if tg_table_name = 'counted_rollup' then
    execute figures_insert(change);
  else
    execute deal_figures_insert(change);
  end if;
  return null;
end $$;
create trigger counted_rollup_turn before insert or update or delete on counted_rollup for each statement execute function take_turns_counting();
create trigger counted_rollup_added after insert on counted_rollup referencing new table as added for each statement execute function spread_change();
create trigger counted_rollup_changed after update on counted_rollup referencing old table as removed new table as added for each statement execute function spread_change();
create trigger counted_rollup_removed after delete on counted_rollup referencing old table as removed for each statement execute function spread_change();
create trigger counted_deal_rollup_turn before insert or update or delete on counted_deal_rollup for each statement execute function take_turns_counting();
create trigger counted_deal_rollup_added after insert on counted_deal_rollup referencing new table as added for each statement execute function spread_change();
create trigger counted_deal_rollup_changed after update on counted_deal_rollup referencing old table as removed new table as added for each statement execute function spread_change();
create trigger counted_deal_rollup_removed after delete on counted_deal_rollup referencing old table as removed for each statement execute function spread_change();

-- Makes the folded sums anew after the pack's definitions changed; the caller holds the turn and has filled figure_fold.
create function remake_figures() returns void language plpgsql as $$
begin
  delete from figure_rollup;
  delete from figure_deal_rollup;
  execute figures_insert('select *, 1 as sign from counted_rollup');
  execute deal_figures_insert('select *, 1 as sign from counted_deal_rollup');
end $$;

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
  records_published int not null default 0, -- of those, sent through review at once by the operator
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
create index import_row_identity on import_row (batch_id, source_id collate "C");
