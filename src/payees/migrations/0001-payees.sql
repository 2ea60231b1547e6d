-- 振込先: registered payees, their groups, what waits for a signature, and counted look-ups.
create schema payees;
grant usage on schema payees to madoguchi_company, madoguchi_bank;

create table payees.payee (
  id uuid primary key,
  company_id uuid not null references administration.company (id),
  business text not null check (business in ('transfers', 'supplier-payments', 'payroll')),
  bank_code text not null check (bank_code ~ '^[0-9]{4}$'),
  branch_code text not null check (branch_code ~ '^[0-9]{3}$'),
  kind text not null check (kind in ('ordinary', 'current', 'savings', 'other')),
  account_number text not null check (account_number ~ '^[0-9]{7}$'),
  bank_name text not null check (length(bank_name) between 1 and 60),
  branch_name text not null check (length(branch_name) between 1 and 60),
  name_kana text not null check (length(name_kana) between 1 and 48), -- 受取人名
  label text not null check (length(label) between 1 and 60), -- 登録名
  bearer text not null check (bearer in ('payer', 'payee-by-table', 'payee-stated')), -- 手数料負担
  stated_fee bigint check (stated_fee between 0 and 99999),
  amount bigint check (amount between 1 and 9999999999), -- 登録支払金額
  edi_information text check (length(edi_information) between 1 and 20),
  memo text not null check (length(memo) <= 60), -- 取引メモ
  number text check (number ~ '^[0-9]{1,3}$'), -- 受取人番号; null: the customer's own
  changed_at timestamptz not null, -- of account or name
  version integer not null default 1, -- of anything
  deleted_at timestamptz,
  created_at timestamptz not null,
  unique (company_id, id),
  check ((bearer = 'payee-stated') = (stated_fee is not null)),
  check (number is null or business = 'transfers')
);
create unique index payee_number on payees.payee (company_id, number)
  where number is not null and deleted_at is null;
create index payee_by_label on payees.payee (company_id, business, label, id)
  where deleted_at is null;
create index payee_by_account
  on payees.payee (company_id, business, bank_code, branch_code, account_number)
  where deleted_at is null;
create index payee_deleted on payees.payee (deleted_at) where deleted_at is not null;

create table payees.payee_group ( -- グループ
  id uuid primary key,
  company_id uuid not null references administration.company (id),
  business text not null check (business in ('transfers', 'supplier-payments', 'payroll')),
  name text not null check (length(name) between 1 and 30),
  unique (company_id, id),
  unique (company_id, business, name)
);

create table payees.membership ( -- 所属グループ
  company_id uuid not null references administration.company (id),
  group_id uuid not null,
  payee_id uuid not null,
  primary key (group_id, payee_id),
  foreign key (company_id, group_id) references payees.payee_group (company_id, id)
    on delete cascade,
  foreign key (company_id, payee_id) references payees.payee (company_id, id) on delete cascade
);
create index membership_of_payee on payees.membership (payee_id);

create table payees.proposal ( -- what was entered and waits for its signature
  id uuid primary key,
  company_id uuid not null references administration.company (id),
  user_id uuid not null,
  business text not null check (business in ('transfers', 'supplier-payments', 'payroll')),
  kind text not null check (kind in ('registration', 'change', 'import')),
  content text not null, -- JSON of proposal.ts
  state text not null default 'open' check (state in ('open', 'done')),
  created_at timestamptz not null,
  done_at timestamptz,
  foreign key (company_id, user_id) references administration.app_user (company_id, id),
  check ((state = 'done') = (done_at is not null))
);
create index proposal_by_age on payees.proposal (created_at);

create table payees.upload_piece ( -- a file on its way, in pieces
  company_id uuid not null references administration.company (id),
  user_id uuid not null,
  upload_id uuid not null,
  place integer not null check (place between 0 and 199),
  bytes bytea not null check (length(bytes) between 1 and 150000),
  created_at timestamptz not null,
  primary key (company_id, user_id, upload_id, place),
  foreign key (company_id, user_id) references administration.app_user (company_id, id)
);
create index upload_piece_by_age on payees.upload_piece (created_at);

create table payees.look_up_tally ( -- 口座確認, counted before it is asked
  company_id uuid not null references administration.company (id),
  user_id uuid not null,
  day date not null, -- in Japan
  without_transfer integer not null check (without_transfer >= 0),
  no_such_account integer not null check (no_such_account >= 0), -- 該当口座なし
  stopped_at timestamptz, -- 入金先口座確認停止, until the next day
  primary key (company_id, user_id, day),
  foreign key (company_id, user_id) references administration.app_user (company_id, id)
);

-- Filed payees (事前登録) are the bank's: a company reads them and changes its own only.
alter table payees.payee enable row level security;
create policy company_reads on payees.payee for select to madoguchi_company
  using (company_id = platform.current_company());
create policy company_adds on payees.payee for insert to madoguchi_company
  with check (company_id = platform.current_company() and number is null);
create policy company_changes on payees.payee for update to madoguchi_company
  using (company_id = platform.current_company() and number is null)
  with check (company_id = platform.current_company() and number is null);
create policy bank on payees.payee to madoguchi_bank using (true);
grant select, insert,
  update (bank_code, branch_code, kind, account_number, bank_name, branch_name, name_kana, label,
    bearer, stated_fee, amount, edi_information, memo, changed_at, version, deleted_at)
  on payees.payee to madoguchi_company;
grant select, insert, update (deleted_at), delete on payees.payee to madoguchi_bank;

alter table payees.payee_group enable row level security;
create policy company on payees.payee_group to madoguchi_company
  using (company_id = platform.current_company());
create policy bank on payees.payee_group to madoguchi_bank using (true);
grant select, insert, update (name), delete on payees.payee_group to madoguchi_company;
grant select on payees.payee_group to madoguchi_bank;

alter table payees.membership enable row level security;
create policy company on payees.membership to madoguchi_company
  using (company_id = platform.current_company());
create policy bank on payees.membership to madoguchi_bank using (true);
grant select, insert, delete on payees.membership to madoguchi_company;
grant select on payees.membership to madoguchi_bank;

alter table payees.proposal enable row level security;
create policy company on payees.proposal to madoguchi_company
  using (company_id = platform.current_company());
create policy bank on payees.proposal to madoguchi_bank using (true);
grant select, insert, update (state, done_at) on payees.proposal to madoguchi_company;
grant select, delete on payees.proposal to madoguchi_bank;

alter table payees.upload_piece enable row level security;
create policy company on payees.upload_piece to madoguchi_company
  using (company_id = platform.current_company());
create policy bank on payees.upload_piece to madoguchi_bank using (true);
grant select, insert, delete on payees.upload_piece to madoguchi_company;
grant select, delete on payees.upload_piece to madoguchi_bank;

alter table payees.look_up_tally enable row level security;
create policy company on payees.look_up_tally to madoguchi_company
  using (company_id = platform.current_company());
create policy bank on payees.look_up_tally to madoguchi_bank using (true);
grant select, insert, update (without_transfer, no_such_account, stopped_at)
  on payees.look_up_tally to madoguchi_company;
grant select, delete on payees.look_up_tally to madoguchi_bank;
