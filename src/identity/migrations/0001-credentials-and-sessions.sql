-- ログイン: passwords, wrong attempts, sessions, and what is known of a user's devices.
create schema identity;
grant usage on schema identity to madoguchi_company, madoguchi_bank;

create table identity.credential ( -- one per user
  user_id uuid primary key references administration.app_user (id),
  company_id uuid not null references administration.company (id),
  login_hash text not null check (login_hash like '$argon2id$%'), -- ログインパスワード
  confirmation_hash text check (confirmation_hash like '$argon2id$%'), -- 確認用パスワード
  change_required boolean not null, -- パスワードを強制変更する
  -- Errors made on the user's own devices (lock.ts).
  login_consecutive integer not null default 0 check (login_consecutive >= 0),
  login_cumulative integer not null default 0 check (login_cumulative >= 0),
  login_paused_until timestamptz, -- 利用一時停止
  confirmation_consecutive integer not null default 0 check (confirmation_consecutive >= 0),
  confirmation_cumulative integer not null default 0 check (confirmation_cumulative >= 0),
  confirmation_paused_until timestamptz,
  changed_at timestamptz not null
);

-- Errors made from elsewhere, per login ID and network. The ID is stored as a MAC, and the IDs
-- that nobody has are counted in the same rows, so that a lock tells nothing of either.
create table identity.stranger_errors (
  login_id_mac bytea not null check (length(login_id_mac) = 32),
  network text not null check (length(network) <= 64),
  consecutive integer not null,
  cumulative integer not null,
  paused_until timestamptz,
  last_error_at timestamptz not null,
  primary key (login_id_mac, network)
);

create table identity.known_device ( -- a browser in which this user has logged in
  user_id uuid not null references administration.app_user (id),
  company_id uuid not null references administration.company (id),
  token_hash bytea not null check (length(token_hash) = 32), -- SHA-256 of the device cookie
  last_login_at timestamptz not null,
  primary key (user_id, token_hash)
);
create index on identity.known_device (token_hash);

create table identity.known_network ( -- a network from which this user has logged in
  user_id uuid not null references administration.app_user (id),
  company_id uuid not null references administration.company (id),
  network text not null,
  last_login_at timestamptz not null,
  primary key (user_id, network)
);

create table identity.login ( -- ログイン日時, one row per right password
  id uuid primary key,
  user_id uuid not null references administration.app_user (id),
  company_id uuid not null references administration.company (id),
  at timestamptz not null,
  address text not null,
  terminal text not null check (terminal in ('pc', 'smartphone')),
  known_device boolean not null
);
create index on identity.login (user_id, at desc);

create table identity.session (
  id uuid primary key, -- changes when the chain after login is passed
  user_id uuid not null references administration.app_user (id),
  company_id uuid not null references administration.company (id),
  token_hash bytea not null unique check (length(token_hash) = 32), -- SHA-256 of the cookie
  stage text not null check (stage in ('signing-in', 'signed-in')),
  started_at timestamptz not null,
  last_seen_at timestamptz not null,
  browser text not null, -- user agent family
  address text not null,
  -- パスワード変更結果, until 「確認」
  passwords_changed_at timestamptz,
  passwords_changed text[] not null default '{}',
  ended_at timestamptz,
  ended_as text check (ended_as in ('idle', 'absolute', 'replaced', 'stopped', 'logged-out')),
  check ((ended_at is null) = (ended_as is null)),
  check ((passwords_changed_at is null) = (passwords_changed = '{}'))
);
create unique index one_session_per_user on identity.session (user_id) where ended_at is null;
create index on identity.session (ended_at) where ended_at is not null;

do $$
declare name text;
begin
  foreach name in array array['credential', 'known_device', 'known_network', 'login', 'session']
  loop
    execute format('alter table identity.%I enable row level security', name);
    execute format('create policy company on identity.%I to madoguchi_company
      using (company_id = platform.current_company())', name);
    execute format('create policy bank on identity.%I to madoguchi_bank using (true)', name);
  end loop;
end $$;
-- No company stands behind a login ID that may not exist: the bank alone reads these.
alter table identity.stranger_errors enable row level security;
create policy bank on identity.stranger_errors to madoguchi_bank using (true);

grant select, update on identity.credential, identity.session to madoguchi_company;
grant select on identity.login to madoguchi_company;
grant select, insert, update on identity.credential to madoguchi_bank;
grant select, insert, update, delete on identity.session, identity.stranger_errors,
  identity.known_device, identity.known_network to madoguchi_bank;
grant select, insert, delete on identity.login to madoguchi_bank;
