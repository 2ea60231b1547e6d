-- カメラ付きトークン: devices, their registrations, who uses them, and what they are asked to sign.
create schema token;
grant usage on schema token to madoguchi_company, madoguchi_bank;

create table token.delivery ( -- 入庫: one PSKC file, brought in by one and approved by another
  id uuid primary key,
  file_hash bytea not null unique check (length(file_hash) = 32), -- SHA-256 of the file
  serials integer not null check (serials > 0),
  brought_by text not null,
  approved_by text not null check (approved_by <> brought_by),
  at timestamptz not null
);

create table token.device ( -- トークン, by シリアル番号
  serial text primary key check (serial ~ '^[1-9]\d{0,11}$'),
  profile text not null check (profile in ('hardware', 'software')),
  state text not null check (state in ('in-stock', 'assigned', 'discarded')), -- 在庫・割当済み・廃棄
  company_id uuid references administration.company (id),
  factory_key bytea not null, -- sealed by the key vault, bound to this serial
  activation_sequence integer not null default 0
    check (activation_sequence between 0 and 16777215),
  delivery_id uuid references token.delivery (id),
  made_at timestamptz not null,
  assigned_at timestamptz,
  check (state <> 'assigned' or (company_id is not null and assigned_at is not null)),
  check (state <> 'in-stock' or company_id is null)
);
create index on token.device (company_id);

create table token.instance ( -- one registration of a device
  id uuid primary key,
  company_id uuid not null references administration.company (id),
  serial text not null references token.device (serial),
  handle bigint not null unique check (handle between 0 and 1099511627775), -- トークンコード
  nonce integer not null check (nonce between 0 and 8191), -- of the device
  seed bytea not null, -- sealed, bound to this instance
  state text not null check (state in ('pending', 'unused', 'in-use', 'ended')),
  sequence integer not null default 0 check (sequence between 0 and 16777215),
  fails integer not null default 0 check (fails >= 0), -- wrong codes in a row
  suspended_at timestamptz, -- 利用停止
  suspended_as text check (suspended_as in ('wrong-codes', 'by-user')),
  made_at timestamptz not null,
  activated_at timestamptz,
  first_used_at timestamptz,
  ended_at timestamptz,
  ended_as text check (ended_as in ('registered-anew', 'reset', 'detached', 'discarded')),
  check ((suspended_at is null) = (suspended_as is null)),
  check ((state in ('unused', 'in-use')) <= (activated_at is not null)),
  check ((state = 'in-use') <= (first_used_at is not null)),
  check ((state = 'ended') = (ended_at is not null)),
  check ((ended_at is null) = (ended_as is null))
);
create unique index one_registration_per_device on token.instance (serial)
  where state in ('unused', 'in-use');

create table token.holding ( -- who signs with it; a shared token (共用) has more than one
  id uuid primary key,
  company_id uuid not null,
  user_id uuid not null,
  instance_id uuid not null references token.instance (id),
  since timestamptz not null,
  caution_seen_at timestamptz, -- 注意喚起
  ended_at timestamptz,
  ended_as text check (ended_as in ('reset', 'detached', 'discarded')),
  foreign key (company_id, user_id) references administration.app_user (company_id, id),
  check ((ended_at is null) = (ended_as is null))
);
create unique index one_token_per_user on token.holding (user_id) where ended_at is null;
create index on token.holding (instance_id) where ended_at is null;

create table token.registration ( -- 利用開始登録 under way: at most one per user
  user_id uuid primary key,
  company_id uuid not null,
  step text not null check (step in ('authentication-code', 'transaction-code')),
  serial text not null references token.device (serial),
  instance_id uuid references token.instance (id),
  shared boolean not null,
  message bytea not null, -- what the 2D code says
  digest bytea not null check (length(digest) = 32), -- what its code is made of
  tries integer not null default 0,
  expires_at timestamptz not null,
  foreign key (company_id, user_id) references administration.app_user (company_id, id),
  check ((step = 'transaction-code') = (instance_id is not null)),
  check (not shared or step = 'transaction-code')
);

create table token.postponement ( -- 「あとで登録する」, for the login in which it was said
  user_id uuid primary key,
  company_id uuid not null,
  at timestamptz not null,
  foreign key (company_id, user_id) references administration.app_user (company_id, id)
);

create table token.tally ( -- what is limited per hour or per day
  company_id uuid not null,
  user_id uuid not null,
  kind text not null check (kind in ('scan', 'authentication-code')), -- 2D codes made, 12 digits tried
  serial text,
  at timestamptz not null
);
create index on token.tally (user_id, kind, at);
create index on token.tally (serial, at) where serial is not null;

create table token.challenge ( -- トランザクション認証: one 2D code, one use
  id uuid primary key,
  company_id uuid not null,
  user_id uuid not null,
  instance_id uuid not null references token.instance (id),
  purpose text not null,
  subject_id text not null,
  message bytea not null, -- header and ciphertext, as shown
  content bytea not null, -- the plaintext that the device shows
  digest bytea not null check (length(digest) = 32), -- what the code is made of
  canonical_hash bytea not null check (length(canonical_hash) = 32), -- of what is signed
  tries integer not null default 0,
  made_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  spent_at timestamptz,
  foreign key (company_id, user_id) references administration.app_user (company_id, id),
  check (used_at is null or spent_at is null)
);
create unique index one_open_challenge on token.challenge (user_id, purpose)
  where used_at is null and spent_at is null;
create index on token.challenge (instance_id, made_at desc);

create table token.voucher ( -- ソフトウェアトークンの引換コード
  code_hash bytea primary key check (length(code_hash) = 32), -- SHA-256
  company_id uuid not null references administration.company (id),
  issued_by text not null,
  issued_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  device_key bytea, -- the public key it was used with: the same one is answered again
  bank_key bytea,
  serial text references token.device (serial),
  check ((used_at is null) = (serial is null)),
  check ((used_at is null) = (device_key is null)),
  check ((used_at is null) = (bank_key is null))
);

do $$
declare name text;
begin
  foreach name in array array['device', 'instance', 'holding', 'registration', 'postponement',
    'tally', 'challenge', 'voucher']
  loop
    execute format('alter table token.%I enable row level security', name);
    execute format('create policy company on token.%I to madoguchi_company
      using (company_id = platform.current_company())', name);
    execute format('create policy bank on token.%I to madoguchi_bank using (true)', name);
  end loop;
end $$;
alter table token.delivery enable row level security;
create policy bank on token.delivery to madoguchi_bank using (true);

grant select, insert on token.delivery to madoguchi_bank;
grant select, update (activation_sequence) on token.device to madoguchi_company;
grant select, insert, update on token.device, token.voucher to madoguchi_bank;
grant select, insert, update on token.instance, token.holding, token.postponement, token.challenge
  to madoguchi_company, madoguchi_bank;
grant select, insert, update, delete on token.registration, token.tally
  to madoguchi_company, madoguchi_bank;
grant delete on token.challenge, token.voucher, token.instance to madoguchi_bank;
