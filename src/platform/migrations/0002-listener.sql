-- What the web processes share: answers kept for repeats, and the levels of the rate limits.

-- One row per Idempotency-Key. The key itself is not stored: it is the secret under which the
-- request was hashed, so a copy of this table tells nothing about a password in a body.
create table platform.idempotent_answer (
  user_id uuid not null,
  endpoint text not null,
  key_hash bytea not null check (length(key_hash) = 32),
  company_id uuid not null,
  once_id uuid not null,
  request_hash bytea not null check (length(request_hash) = 32),
  claim uuid not null,
  claimed_until timestamptz not null,
  status smallint,
  answer text,
  keep_until timestamptz not null,
  primary key (user_id, endpoint, key_hash),
  check (status is not null or answer is null)
);
create index on platform.idempotent_answer (keep_until);

alter table platform.idempotent_answer enable row level security;
create policy company on platform.idempotent_answer to madoguchi_company
  using (company_id = platform.current_company());
create policy bank on platform.idempotent_answer to madoguchi_bank using (true);
grant select, insert, update on platform.idempotent_answer to madoguchi_company;
grant select, update, delete on platform.idempotent_answer to madoguchi_bank;

-- Unlogged: a level is worth a minute, and a crash may forget it.
create unlogged table platform.pace_level (
  bucket text primary key,
  level double precision not null,
  at timestamptz not null
);
create index on platform.pace_level (at);
grant select, insert, update, delete on platform.pace_level to madoguchi_bank;
