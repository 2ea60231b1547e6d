-- 手数料: the bank's 基準手数料, the 特約 of a company, and what a company deducts (先方負担).
-- A table is all rows of one service and one valid_from; a band ends where the next one begins.
create schema fees;
grant usage on schema fees to madoguchi_company, madoguchi_bank;

create table fees.standard_fee ( -- 基準手数料
  service text not null check (service in ('transfers', 'supplier-payments', 'payroll')),
  valid_from date not null, -- 適用開始日
  class text not null check (class in ('same-branch', 'same-bank', 'other-bank')),
  amount_from bigint not null check (amount_from between 1 and 99999999999999), -- 振込金額 以上
  fee bigint not null check (fee between 0 and 9999999), -- incl. 消費税
  primary key (service, valid_from, class, amount_from)
);

create table fees.special_fee ( -- 特約手数料: of one company, instead of the bank's
  company_id uuid not null references administration.company (id),
  service text not null check (service in ('transfers', 'supplier-payments', 'payroll')),
  valid_from date not null,
  class text not null check (class in ('same-branch', 'same-bank', 'other-bank')),
  amount_from bigint not null check (amount_from between 1 and 99999999999999),
  fee bigint not null check (fee between 0 and 9999999),
  primary key (company_id, service, valid_from, class, amount_from)
);

create table fees.deduction_fee ( -- 先方負担手数料 「個別に登録した手数料」, by 支払金額
  company_id uuid not null references administration.company (id),
  service text not null check (service in ('transfers', 'supplier-payments', 'payroll')),
  class text not null check (class in ('same-branch', 'same-bank', 'other-bank')),
  amount_from bigint not null check (amount_from between 1 and 99999999999999),
  fee bigint not null check (fee between 0 and 9999999),
  primary key (company_id, service, class, amount_from)
);

create table fees.deduction_setting ( -- 先方負担手数料の設定; no row: the defaults
  company_id uuid not null references administration.company (id),
  service text not null check (service in ('transfers', 'supplier-payments', 'payroll')),
  method text not null check (method in ('keep', 'add-low', 'add-high', 'iterative')), -- 計算方法
  payable_min bigint not null check (payable_min between 0 and 99999999999999), -- 適用最低支払金額
  uses_standard boolean not null, -- 基準手数料を使用する
  changed_at timestamptz not null,
  primary key (company_id, service)
);

alter table fees.standard_fee enable row level security;
create policy company on fees.standard_fee for select to madoguchi_company using (true);
create policy bank on fees.standard_fee to madoguchi_bank using (true);
grant select on fees.standard_fee to madoguchi_company;
grant select, insert, delete on fees.standard_fee to madoguchi_bank;

alter table fees.special_fee enable row level security;
create policy company on fees.special_fee to madoguchi_company
  using (company_id = platform.current_company());
create policy bank on fees.special_fee to madoguchi_bank using (true);
grant select on fees.special_fee to madoguchi_company;
grant select, insert, delete on fees.special_fee to madoguchi_bank;

alter table fees.deduction_fee enable row level security;
create policy company on fees.deduction_fee to madoguchi_company
  using (company_id = platform.current_company());
create policy bank on fees.deduction_fee to madoguchi_bank using (true);
grant select, insert, delete on fees.deduction_fee to madoguchi_company;
grant select on fees.deduction_fee to madoguchi_bank;

alter table fees.deduction_setting enable row level security;
create policy company on fees.deduction_setting to madoguchi_company
  using (company_id = platform.current_company());
create policy bank on fees.deduction_setting to madoguchi_bank using (true);
grant select, insert, update (method, payable_min, uses_standard, changed_at)
  on fees.deduction_setting to madoguchi_company;
grant select on fees.deduction_setting to madoguchi_bank;
