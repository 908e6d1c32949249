-- The minimal intermediary record and the milestone's steps (decisions.md 5, 33).
create table intermediary (
  id uuid primary key,
  organisation_id uuid not null unique references organisation (id),
  kind text not null check (kind in ('EXCHANGE','TRADE_CENTRE','PROMOTION_CENTRE','IP_VALUATION','INNOVATION_CENTRE','INCUBATOR')),
  formed_on date not null,
  connected_on date,                       -- to the national network; counts from here
  evidence_file_id uuid references file (id),
  evidence_note text,
  recorded_by uuid not null references person (id),
  version int not null default 1,
  created_at timestamptz not null default now(),
  constraint intermediary_connection_has_evidence check (connected_on is null or evidence_file_id is not null)
);
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
  withdrawn_reason text
);
create unique index milestone_step_once on milestone_step (milestone_key, step_key) where withdrawn_at is null;

-- Staged imports (decisions.md 20): nothing is visible until accepted.
create table import_batch (
  id uuid primary key,
  code text not null unique,
  kind text not null check (kind in ('OFFERS','REQUESTS','DEALS')),
  state text not null default 'STAGING' check (state in ('STAGING','STAGED','REFUSED','ACCEPTING','ACCEPTED','CANCELLED','FAILED')),
  organisation_id uuid not null references organisation (id),
  person_id uuid not null references person (id),
  file_id uuid not null references file (id),
  source text not null,
  mapping jsonb not null default '{}' check (jsonb_typeof(mapping) = 'object'),
  publish boolean not null default false,
  rows_read int not null default 0,
  rows_valid int not null default 0,
  rows_bad int not null default 0,
  rows_written int not null default 0,
  rows_total_estimate int,
  file_fault text,
  file_fault_detail jsonb,
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index import_batch_of on import_batch (organisation_id, created_at desc, id);
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
create unique index import_row_identity on import_row (batch_id, source_id) where problems = '[]' and source_id is not null;
