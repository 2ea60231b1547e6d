-- 預金口座 — what the built-in core system knows of an account beside its balance. These tables
-- are the bank's, not a customer's: no company sees them.
create schema core_banking;

create table core_banking.deposit_account (
  branch_code text not null check (branch_code ~ '^[0-9]{3}$'),
  kind_code text not null check (kind_code in ('1', '2', '4')), -- 普通, 当座, 貯蓄
  number text not null check (number ~ '^[0-9]{7}$'),
  ledger_account bigint not null unique,
  holder_kana text not null,
  opened_at timestamptz not null,
  primary key (branch_code, kind_code, number),
  -- So that posting needs no look-up: branch, kind and number read as one figure.
  check (ledger_account = (branch_code || kind_code || number)::bigint)
);

grant usage on schema core_banking to madoguchi_bank;
grant select, insert on core_banking.deposit_account to madoguchi_bank;
