-- Better Auth's tables, generated from its schema (decisions.md 15); nothing else lives in this schema.
create schema auth;
create table auth."user" ("id" text not null primary key, "name" text not null, "email" text not null unique, "emailVerified" boolean not null, "image" text, "createdAt" timestamptz default current_timestamp not null, "updatedAt" timestamptz default current_timestamp not null, "twoFactorEnabled" boolean, "phoneNumber" text unique, "phoneNumberVerified" boolean);
create table auth."session" ("id" text not null primary key, "expiresAt" timestamptz not null, "token" text not null unique, "createdAt" timestamptz default current_timestamp not null, "updatedAt" timestamptz not null, "ipAddress" text, "userAgent" text, "secondFactor" text, "userId" text not null references auth."user" ("id") on delete cascade);
create table auth."account" ("id" text not null primary key, "accountId" text not null, "providerId" text not null, "userId" text not null references auth."user" ("id") on delete cascade, "accessToken" text, "refreshToken" text, "idToken" text, "accessTokenExpiresAt" timestamptz, "refreshTokenExpiresAt" timestamptz, "scope" text, "password" text, "createdAt" timestamptz default current_timestamp not null, "updatedAt" timestamptz not null);
create table auth."verification" ("id" text not null primary key, "identifier" text not null, "value" text not null, "expiresAt" timestamptz not null, "createdAt" timestamptz default current_timestamp not null, "updatedAt" timestamptz default current_timestamp not null);
create table auth."passkey" ("id" text not null primary key, "name" text, "publicKey" text not null, "userId" text not null references auth."user" ("id") on delete cascade, "credentialID" text not null, "counter" integer not null, "deviceType" text not null, "backedUp" boolean not null, "transports" text, "createdAt" timestamptz, "aaguid" text);
create table auth."twoFactor" ("id" text not null primary key, "secret" text not null, "backupCodes" text not null, "userId" text not null references auth."user" ("id") on delete cascade, "verified" boolean, "failedVerificationCount" integer, "lockedUntil" timestamptz);
create index on auth."session" ("userId");
create index on auth."account" ("userId");
create index on auth."verification" ("identifier");
create index on auth."passkey" ("userId");
create index on auth."passkey" ("credentialID");
create index on auth."twoFactor" ("secret");
create index on auth."twoFactor" ("userId");

-- Somebody the market knows; may exist without a sign-in (registered by an operator with consent).
create table person (
  id uuid primary key,
  auth_user_id text unique references auth."user" (id) on delete set null,
  name text not null check (length(name) between 1 and 120),
  phone text check (phone ~ '^\+?[0-9]{8,15}$'),
  email text,
  phone_confirmed_at timestamptz,          -- when its owner typed a code that was sent to it
  email_confirmed_at timestamptz,
  language text not null default 'vi' check (language in ('vi', 'en', 'km')),
  citizen_id_sealed bytea,                 -- encrypted with the person's own key; erasure destroys the key
  registered_by uuid references person (id),
  erased_at timestamptz,
  version int not null default 1,
  created_at timestamptz not null default now()
);
create index person_phone on person (phone);
create index person_email on person (lower(email));
create table person_key (
  person_id uuid primary key references person (id),
  key bytea not null
);

-- The newest code sent to prove a number or address; kept as an HMAC.
create table contact_code (
  person_id uuid primary key references person (id),
  contact text not null,
  code_hmac bytea not null,
  expires_at timestamptz not null
);

-- How often something was tried lately; the key is an HMAC of what was tried and by whom, never an address as such.
create table attempt (
  key text primary key,
  count int not null,
  until timestamptz not null
);
create index attempt_over on attempt (until);

-- Lower case without marks, for finding names however they are typed.
create function fold(text) returns text language sql immutable strict parallel safe as $$
  select lower(public.unaccent('public.unaccent', $1))
$$;

create table organisation (
  id uuid primary key,
  code text not null unique,
  slug text not null unique,
  legal_name text not null check (length(legal_name) between 2 and 200),
  trade_name text,
  name_en text,
  org_type text not null check (org_type in ('ENTERPRISE','ST_ENTERPRISE','STARTUP','COOPERATIVE','HOUSEHOLD','UNIVERSITY','COLLEGE','INSTITUTE','ST_ORG','INTERMEDIARY','STATE_AGENCY','FUND_BANK','ASSOCIATION','FOREIGN')),
  tax_code text unique check (tax_code ~ '^[0-9]{10}(-[0-9]{3})?$|^[0-9]{12}$'),
  -- A household's code is a citizen id: kept sealed by the installation's secret and found by an HMAC, never in tax_code. Erasing the
  -- owner of a household that has no other member clears these.
  citizen_code_hmac bytea unique,
  citizen_code_sealed bytea,
  citizen_code_end text check (citizen_code_end ~ '^[0-9]{4}$'), -- shown as •••• •••• 1234
  country text not null default 'VN' check (country ~ '^[A-Z]{2}$'),
  territory text,                          -- territory key of the province pack; null outside the province
  street text,
  size text check (size in ('MICRO','SMALL','MEDIUM','LARGE')),
  established_on date,
  website text check (website ~ '^https?://'),
  legal_representative text,
  phone text,
  email text,
  about text,
  is_public boolean not null default false, -- công lập
  is_foreign boolean not null default false,
  vsic jsonb not null default '[]' check (jsonb_typeof(vsic) = 'array'),
  agency_key text unique,                  -- the agency of the province pack that this organisation is
  verification_state text not null default 'UNVERIFIED' check (verification_state in ('UNVERIFIED','SUBMITTED','VERIFIED','REJECTED','EXPIRED','SUSPENDED')),
  verified_at timestamptz,
  is_demo boolean not null default false,
  created_by uuid references person (id),
  version int not null default 1,
  created_at timestamptz not null default now(),
  name_fold text not null generated always as (fold(legal_name || ' ' || coalesce(trade_name, '') || ' ' || coalesce(name_en, ''))) stored,
  constraint organisation_verified_has_time check (verification_state <> 'VERIFIED' or verified_at is not null),
  constraint organisation_citizen_code_whole check ((citizen_code_hmac is null) = (citizen_code_sealed is null) and (citizen_code_hmac is null) = (citizen_code_end is null)),
  constraint organisation_one_code check (tax_code is null or citizen_code_hmac is null)
);
create index organisation_name on organisation (legal_name collate "vi-x-icu", id);
create index organisation_name_fold on organisation using gin (name_fold gin_trgm_ops);
create index organisation_waiting on organisation (created_at, id) where verification_state = 'SUBMITTED';

-- One asking and its answer; evidence is kept with it.
create table verification (
  id uuid primary key,
  organisation_id uuid not null references organisation (id),
  submitted_by uuid not null references person (id),
  submitted_at timestamptz not null default now(),
  note text,
  decision text check (decision in ('VERIFIED','REJECTED')),
  decided_by uuid references person (id),
  decided_at timestamptz,
  reason text,
  constraint verification_decided_whole check ((decision is null) = (decided_by is null) and (decision is null) = (decided_at is null)),
  constraint verification_refusal_has_reason check (decision <> 'REJECTED' or length(reason) > 0),
  constraint verification_not_by_submitter check (decided_by is distinct from submitted_by or decided_by is null)
);
create unique index verification_one_open on verification (organisation_id) where decision is null;
create table verification_file (
  verification_id uuid not null references verification (id),
  file_id uuid not null references file (id),
  primary key (verification_id, file_id)
);

-- Roles are held per organisation, for a time (decisions.md 13).
create table membership (
  id uuid primary key,
  person_id uuid not null references person (id),
  organisation_id uuid not null references organisation (id),
  role text not null,
  valid_from date not null,
  valid_to date,
  granted_by uuid references person (id),
  created_at timestamptz not null default now(),
  constraint membership_span check (valid_to is null or valid_to >= valid_from)
);
create unique index membership_once on membership (person_id, organisation_id, role) where valid_to is null;
create index membership_of_organisation on membership (organisation_id);

create table invitation (
  id uuid primary key,
  organisation_id uuid not null references organisation (id),
  role text not null,
  contact text not null,                   -- phone or e-mail
  token_hash text not null unique,
  invited_by uuid not null references person (id),
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  accepted_at timestamptz,
  accepted_by uuid references person (id),
  revoked_at timestamptz
);
create index invitation_of_organisation on invitation (organisation_id);

-- Consent to a use of personal data: purpose, the text that was shown, when and how.
create table consent (
  id uuid primary key,
  person_id uuid not null references person (id),
  purpose text not null,
  text_version text not null,
  channel text not null check (channel in ('WEB','PAPER','PHONE')),
  given_at timestamptz not null default now(),
  withdrawn_at timestamptz
);
create index consent_of_person on consent (person_id);

-- Somebody asks for their data to be erased; answered by the office within a term.
create table erasure_request (
  id uuid primary key,
  person_id uuid not null references person (id),
  asked_at timestamptz not null default now(),
  due_on date not null,
  done_at timestamptz,
  done_by uuid references person (id)
);
create unique index erasure_request_one_open on erasure_request (person_id) where done_at is null;
