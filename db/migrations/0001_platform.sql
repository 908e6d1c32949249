-- What every feature stands on: events, counters, files, job keys, outgoing messages.
create extension if not exists unaccent with schema public;
create extension if not exists pg_trgm with schema public;

-- Append-only history of every change (decisions.md 12). detail: ids, codes and figures only, never names, contacts or free text.
create table event (
  id uuid primary key,
  xid xid8 not null default pg_current_xact_id(),
  at timestamptz not null default now(),
  actor_id uuid,
  organisation_id uuid,
  subject text not null,
  subject_id uuid not null,
  verb text not null,
  detail jsonb not null default '{}' check (jsonb_typeof(detail) = 'object')
);
create index event_follow on event (xid, id);                    -- followers read by it, below the oldest running transaction
create index event_of_subject on event (subject, subject_id, id); -- the history on a record's page

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name using errcode = '23514', constraint = tg_table_name || '_append_only';
end $$;
create trigger event_append_only before update or delete on event for each row execute function refuse_change();

-- Batches of events chained by hash; sealed by a job, so writers never wait (decisions.md 12).
create table event_seal (
  position bigint primary key,
  up_to_xid xid8 not null,
  up_to_id uuid not null,
  event_count int not null check (event_count > 0),
  prev_hash bytea not null,
  hash bytea not null,
  sealed_at timestamptz not null default now()
);
create trigger event_seal_append_only before update or delete on event_seal for each row execute function refuse_change();

-- Numbers that people cite (GD-2025-0001): a locked row each, never max + 1.
create table counter (
  name text not null,
  year int not null,
  last int not null check (last > 0),
  primary key (name, year)
);

-- Metadata of files; bytes lie in the store by sha256 (decisions.md 18). Never changed once READY; evidence is never overwritten.
create table file (
  id uuid primary key,
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  size_bytes bigint not null check (size_bytes > 0),
  media_type text not null,
  name text not null check (length(name) between 1 and 120),
  visibility text not null check (visibility in ('PUBLIC', 'MEMBERS', 'RESTRICTED')),
  owner_organisation_id uuid,
  uploaded_by uuid,
  state text not null default 'PENDING' check (state in ('PENDING', 'READY')),
  created_at timestamptz not null default now()
);
create index file_pending on file (created_at) where state = 'PENDING'; -- the sweep of orphans
create index file_of_blob on file (sha256);

-- A job enters at most once per key (decisions.md 19).
create table job_key (
  key text primary key,
  job_name text not null,
  at timestamptz not null default now()
);

-- Mails and SMS to send; in development the page /hop-thu shows them.
create table outgoing_message (
  id uuid primary key,
  channel text not null check (channel in ('MAIL', 'SMS')),
  recipient text not null,
  subject text not null,
  body text not null,
  created_at timestamptz not null default now(),
  sent_at timestamptz,
  failed_reason text
);
create index outgoing_message_unsent on outgoing_message (created_at) where sent_at is null;

-- Facts about this installation: demo or not, which province, when it was first started.
create table installation (
  key text primary key,
  value jsonb not null
);
