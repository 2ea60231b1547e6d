-- 管理: companies, their users, accounts of the contract, rights (§8.2) and limits (§4.7).
create schema administration;
grant usage on schema administration to madoguchi_company, madoguchi_bank;

create table administration.company ( -- 契約法人
  id uuid primary key,
  name text not null check (length(name) between 1 and 100), -- 企業名
  name_kana text not null check (length(name_kana) <= 100),
  state text not null default 'active' check (state in ('active', 'stopped')), -- 利用中・停止
  login_method text not null check (login_method in ('certificate', 'password', 'either')),
  created_at timestamptz not null
);

create table administration.app_user ( -- 利用者
  id uuid primary key,
  company_id uuid not null references administration.company (id),
  login_id text not null unique check (login_id ~ '^[!-~]{1,64}$'), -- over all companies
  name text not null check (length(name) between 1 and 30), -- 利用者名
  mail text not null check (length(mail) <= 64),
  role text not null check (role in ('master', 'administrator', 'general')),
  state text not null default 'active' check (state in ('active', 'stopped-by-administrator')),
  created_at timestamptz not null,
  unique (company_id, id)
);
-- マスターユーザ: exactly one per contract; that there is one is kept by createCompany's callers.
create unique index one_master on administration.app_user (company_id) where role = 'master';

create table administration.user_right ( -- 権限
  company_id uuid not null,
  user_id uuid not null,
  right_name text not null,
  primary key (company_id, user_id, right_name),
  foreign key (company_id, user_id) references administration.app_user (company_id, id)
);

create table administration.company_account ( -- 利用口座
  company_id uuid not null references administration.company (id),
  account_key text not null unique, -- one account, one contract
  branch_code text not null check (branch_code ~ '^\d{3}$'),
  kind text not null check (kind in ('ordinary', 'current', 'savings')),
  number text not null check (number ~ '^\d{7}$'),
  branch_name text not null,
  holder text not null,
  holder_kana text not null,
  representative boolean not null, -- 代表口座
  memo text not null default '' check (length(memo) <= 100), -- 口座メモ
  primary key (company_id, account_key),
  check (account_key = branch_code || '-' || kind || '-' || number)
);
create unique index one_representative_account on administration.company_account (company_id)
  where representative;

create table administration.user_account ( -- 利用可能口座
  company_id uuid not null,
  user_id uuid not null,
  account_key text not null,
  primary key (company_id, user_id, account_key),
  foreign key (company_id, user_id) references administration.app_user (company_id, id),
  foreign key (company_id, account_key)
    references administration.company_account (company_id, account_key)
);

-- Limits. What may be limited is named in limits.ts; no row means that nothing was set.
create table administration.company_limit ( -- 企業一日当たりの限度額
  company_id uuid not null references administration.company (id),
  limited text not null,
  per_day bigint not null check (per_day >= 0),
  ceiling bigint not null check (ceiling between 0 and 99999999999999), -- 設定可能上限金額
  primary key (company_id, limited),
  check (per_day <= ceiling)
);

create table administration.account_limit ( -- 口座一日当たりの限度額
  company_id uuid not null,
  account_key text not null,
  limited text not null,
  per_day bigint not null check (per_day >= 0),
  ceiling bigint not null check (ceiling between 0 and 99999999999999),
  primary key (company_id, account_key, limited),
  foreign key (company_id, account_key)
    references administration.company_account (company_id, account_key),
  check (per_day <= ceiling)
);

create table administration.user_limit ( -- 利用者の一回当たり・一日当たりの限度額
  company_id uuid not null,
  user_id uuid not null,
  limited text not null,
  per_order bigint not null check (per_order >= 0),
  per_day bigint not null check (per_day between 0 and 99999999999999),
  primary key (company_id, user_id, limited),
  foreign key (company_id, user_id) references administration.app_user (company_id, id),
  check (per_order <= per_day)
);

alter table administration.company enable row level security;
create policy company on administration.company to madoguchi_company
  using (id = platform.current_company());
create policy bank on administration.company to madoguchi_bank using (true);
grant select on administration.company to madoguchi_company;
grant select, insert, update (name, name_kana, state, login_method)
  on administration.company to madoguchi_bank;

do $$
declare name text;
begin
  foreach name in array array['app_user', 'user_right', 'company_account', 'user_account',
    'company_limit', 'account_limit', 'user_limit']
  loop
    execute format('alter table administration.%I enable row level security', name);
    execute format('create policy company on administration.%I to madoguchi_company
      using (company_id = platform.current_company())', name);
    execute format('create policy bank on administration.%I to madoguchi_bank using (true)', name);
    execute format('grant select on administration.%I to madoguchi_company', name);
    execute format('grant select, insert on administration.%I to madoguchi_bank', name);
  end loop;
end $$;
-- A stop by the bank; what a company's own administrators change is granted with their screens.
grant update (state) on administration.app_user to madoguchi_bank;
