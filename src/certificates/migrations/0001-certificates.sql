-- 電子証明書: the registry of what was issued, how it is asked for, and how it is shown at login.
create schema certificates;
grant usage on schema certificates to madoguchi_company, madoguchi_bank;

create table certificates.certificate (
  id uuid primary key,
  company_id uuid not null,
  user_id uuid not null,
  login_id text not null, -- the name of the certificate
  fingerprint bytea not null unique check (length(fingerprint) = 32), -- SHA-256 of the DER
  serial_number text not null unique check (serial_number ~ '^[1-9a-f][0-9a-f]*$'),
  key_hash bytea not null unique check (length(key_hash) = 32), -- SHA-256 of the public key: one key, one certificate
  der bytea not null,
  not_before timestamptz not null,
  not_after timestamptz not null check (not_after > not_before), -- 有効期限
  proof text not null check (proof in ('token', 'letter', 'renewal', 'demo')),
  replaces uuid references certificates.certificate (id), -- ends with the first login by this one
  state text not null check (state in ('unused', 'valid', 'superseded', 'revoked')),
  issued_at timestamptz not null,
  first_login_at timestamptz,
  ended_at timestamptz,
  ended_by uuid, -- the user who revoked it; null: the bank, or the next certificate
  end_reason text check (length(end_reason) between 1 and 200),
  foreign key (company_id, user_id) references administration.app_user (company_id, id),
  check ((state = 'valid') <= (first_login_at is not null)),
  check ((state = 'unused') <= (first_login_at is null)),
  check ((state in ('superseded', 'revoked')) = (ended_at is not null)),
  check ((ended_at is null) = (end_reason is null)),
  check (ended_by is null or ended_at is not null)
);
create unique index one_unused_per_user on certificates.certificate (user_id) where state = 'unused';
create unique index one_valid_per_user on certificates.certificate (user_id) where state = 'valid';
create index on certificates.certificate (company_id, user_id);
create index ended on certificates.certificate (not_after) where ended_at is not null;

create table certificates.expiry_mail ( -- 有効期限のお知らせ, once for each of its days
  company_id uuid not null references administration.company (id),
  certificate_id uuid not null references certificates.certificate (id),
  days_before integer not null,
  at timestamptz not null,
  primary key (certificate_id, days_before)
);

create table certificates.authentication ( -- 証明書取得認証: who may have a certificate issued, for a while
  id uuid primary key,
  entry_hash bytea not null unique check (length(entry_hash) = 32), -- SHA-256 of the entry cookie
  company_id uuid not null,
  user_id uuid not null,
  proof text not null check (proof in ('token', 'letter')),
  at timestamptz not null,
  expires_at timestamptz not null,
  certificate_id uuid references certificates.certificate (id), -- what was issued by it
  foreign key (company_id, user_id) references administration.app_user (company_id, id)
);
create index on certificates.authentication (expires_at);

create table certificates.letter ( -- 電子証明書発行コード, by post, where there is no token yet
  id uuid primary key,
  company_id uuid not null,
  user_id uuid not null,
  code_hash bytea not null check (length(code_hash) = 32), -- SHA-256; the code has 120 random bits
  made_at timestamptz not null,
  expires_at timestamptz not null,
  tries integer not null default 0 check (tries >= 0),
  used_at timestamptz,
  replaced_at timestamptz, -- by a newer letter
  foreign key (company_id, user_id) references administration.app_user (company_id, id)
);
create unique index one_letter_per_user on certificates.letter (user_id)
  where used_at is null and replaced_at is null;

create table certificates.ticket ( -- 電子証明書ログイン: shown at the other listener, taken at the counter
  ticket_hash bytea primary key check (length(ticket_hash) = 32),
  entry_hash bytea not null check (length(entry_hash) = 32), -- the browser that began
  company_id uuid not null,
  user_id uuid not null,
  certificate_id uuid not null references certificates.certificate (id),
  expires_at timestamptz not null, -- until it is taken
  taken_at timestamptz,
  password_until timestamptz,
  used_at timestamptz, -- the password was right
  check ((taken_at is null) = (password_until is null)),
  check (used_at is null or taken_at is not null)
);
create index on certificates.ticket (entry_hash);
create index on certificates.ticket (expires_at);

create table certificates.revocation_list ( -- 失効一覧 (CRL), as it is served
  issuer text primary key check (issuer in ('root', 'issuing')),
  number bigint not null check (number > 0),
  der bytea not null,
  this_update timestamptz not null,
  next_update timestamptz not null check (next_update > this_update),
  ended_count bigint not null -- certificates that had ended when it was made
);

do $$
declare name text;
begin
  foreach name in array array['certificate', 'expiry_mail', 'authentication', 'letter', 'ticket']
  loop
    execute format('alter table certificates.%I enable row level security', name);
    execute format('create policy company on certificates.%I to madoguchi_company
      using (company_id = platform.current_company())', name);
    execute format('create policy bank on certificates.%I to madoguchi_bank using (true)', name);
  end loop;
end $$;
alter table certificates.revocation_list enable row level security;
create policy bank on certificates.revocation_list to madoguchi_bank using (true);

grant select, insert, update on certificates.certificate
  to madoguchi_company, madoguchi_bank;
grant select, update on certificates.authentication, certificates.letter to madoguchi_company;
grant select, insert, update, delete on certificates.authentication, certificates.ticket
  to madoguchi_bank;
grant select, insert, update on certificates.letter, certificates.revocation_list
  to madoguchi_bank;
grant select, insert on certificates.expiry_mail to madoguchi_bank;
