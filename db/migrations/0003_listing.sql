-- Offers and needs. The draft is one JSON document; what is published is a snapshot of its own (decisions.md, design §4.2).
create table listing (
  id uuid primary key,
  code text not null unique,
  kind text not null check (kind in ('OFFER','REQUEST')),
  goods_kind text not null check (goods_kind in ('TECHNOLOGY','EQUIPMENT','IP_ASSET','RESEARCH_RESULT','ST_SERVICE','OCOP_PRODUCT')),
  organisation_id uuid not null references organisation (id),
  created_by uuid not null references person (id),
  state text not null default 'DRAFT' check (state in ('DRAFT','SUBMITTED','IN_REVIEW','CHANGES_REQUESTED','REJECTED','PUBLISHED','STALE','EXPIRED','SUSPENDED','WITHDRAWN','CLOSED_DEAL','ARCHIVED')),
  draft jsonb not null default '{}' check (jsonb_typeof(draft) = 'object'),
  draft_state text not null default 'CLEAN' check (draft_state in ('CLEAN','CHANGED','SUBMITTED','CHANGES_REQUESTED')), -- the next version of a published listing
  published_version int not null default 0,
  first_published_at timestamptz,
  confirmed_at timestamptz,                -- last time the owner said it still holds; STALE after 90 days
  expires_on date,
  submitted_at timestamptz,                -- when the waiting version was sent: the queue is oldest first
  taken_by uuid references person (id),    -- the reviewer who has it in hand
  reason text,                             -- why it was refused, sent back or suspended, for the owner
  source text,                             -- where an imported listing comes from …
  source_id text,                          -- … and its identity there
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint listing_source_whole check ((source is null) = (source_id is null))
);
create unique index listing_source on listing (organisation_id, source, source_id) where source is not null;
create index listing_of_organisation on listing (organisation_id, updated_at desc, id);
create index listing_queue on listing (submitted_at, id) where state in ('SUBMITTED','IN_REVIEW') or draft_state = 'SUBMITTED';
create index listing_to_confirm on listing (confirmed_at, id) where state = 'PUBLISHED';
create index listing_to_expire on listing (expires_on, id) where state in ('PUBLISHED','STALE');

-- What was sent for review, each time.
create table listing_version (
  listing_id uuid not null references listing (id),
  number int not null,
  document jsonb not null check (jsonb_typeof(document) = 'object'),
  submitted_by uuid not null references person (id),
  submitted_at timestamptz not null default now(),
  primary key (listing_id, number)
);

create table listing_review (
  id uuid primary key,
  listing_id uuid not null,
  version_number int not null,
  reviewer_id uuid not null references person (id),
  checklist jsonb not null check (jsonb_typeof(checklist) = 'object'),
  decision text not null check (decision in ('PUBLISH','REQUEST_CHANGES','REJECT')),
  reason text,
  decided_at timestamptz not null default now(),
  foreign key (listing_id, version_number) references listing_version (listing_id, number),
  constraint listing_review_reason check (decision = 'PUBLISH' or length(reason) > 0)
);
create index listing_review_of on listing_review (listing_id, decided_at);

-- The snapshot that portal, search, feeds and API read. document holds public parts only.
create table published_listing (
  listing_id uuid primary key references listing (id),
  short_code text not null unique,
  slug text not null,
  version int not null,
  kind text not null check (kind in ('OFFER','REQUEST')),
  goods_kind text not null check (goods_kind in ('TECHNOLOGY','EQUIPMENT','IP_ASSET','RESEARCH_RESULT','ST_SERVICE','OCOP_PRODUCT')),
  organisation_id uuid not null references organisation (id),
  title text not null,
  document jsonb not null check (jsonb_typeof(document) = 'object'),
  visibility text not null check (visibility in ('PUBLIC','MEMBERS','RESTRICTED')),
  state text not null check (state in ('PUBLISHED','STALE','CLOSED_DEAL')),
  published_at timestamptz not null,
  first_published_at timestamptz not null,
  expires_on date not null,
  withdrawn_at timestamptz                -- hidden at once, kept for the years the law asks
);
create index published_listing_newest on published_listing (published_at desc, listing_id) where withdrawn_at is null;
create index published_listing_title on published_listing using gin (title gin_trgm_ops); -- the reviewer's question: is there one like it?
create index published_listing_of_organisation on published_listing (organisation_id, published_at desc, listing_id) where withdrawn_at is null;

create table listing_file (
  listing_id uuid not null references listing (id),
  file_id uuid not null references file (id),
  kind text not null check (kind in ('PICTURE','ATTACHMENT')),
  visibility text not null check (visibility in ('PUBLIC','MEMBERS','RESTRICTED')),
  alt text,
  position int not null,
  removed_at timestamptz,
  primary key (listing_id, file_id)
);
create index listing_file_of_file on listing_file (file_id);
