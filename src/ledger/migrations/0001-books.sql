-- 元帳 — the books: accounts, transfers, holds and closed days.
--
-- A transfer is one row with exactly one debit and one credit account, so no row can be out of
-- balance. It carries the running balance and the line number of both sides: a statement is read
-- from it without adding anything up, and only backwards or forwards along one index.
-- Everything is written by the functions of the next files; no role of ours may write a table.

create schema ledger;

create table ledger.account (
  id bigint primary key,                            -- chosen by the core system
  currency char(3) not null default 'JPY',
  balance bigint not null default 0,                -- credit-positive, minor units
  held bigint not null default 0 check (held >= 0), -- 資金確保
  floor bigint check (floor <= 0),                  -- 0, or −貸越極度額; null: internal account
  seq bigint not null default 0,                    -- number of lines, hence of the last line
  last_booked_on date,                              -- 勘定日 of the last line
  status smallint not null default 1 check (status in (1, 2)), -- open, closed
  opened_at timestamptz not null,
  constraint balance_above_floor check (floor is null or balance - held >= floor)
) with (fillfactor = 60); -- room for HOT updates: no index holds a column that changes

create table ledger.transfer (
  id uuid primary key, -- UUID v7 made by the caller; it is the idempotency key
  debit_account bigint not null,
  debit_seq bigint not null,
  debit_balance bigint not null,
  credit_account bigint not null,
  credit_seq bigint not null,
  credit_balance bigint not null,
  amount bigint not null check (amount between 1 and 99999999999999),
  kind smallint not null, -- 取引区分
  booked_on date not null, -- 勘定日
  value_on date not null, -- 起算日
  posted_at timestamptz not null,
  group_id uuid, -- id of the first transfer, where several were posted all-or-nothing
  debit_memo text not null, -- what is printed beside the line: opaque here
  credit_memo text not null,
  check (debit_account <> credit_account)
);
-- No foreign keys to account: they double the cost of posting (their key-share locks pile up on a
-- hot account). Accounts cannot be deleted, and posting holds the row of every account it names.
-- 勘定日 never goes back within an account, so these two are in the order of seq as well: they
-- find a period, page through it and keep a line number from being used twice on one side.
create unique index transfer_debit on ledger.transfer (debit_account, booked_on, debit_seq);
create unique index transfer_credit on ledger.transfer (credit_account, booked_on, credit_seq);
create index transfer_uncleared on ledger.transfer (credit_account, value_on)
  where kind = 12; -- 他店券入金

create table ledger.hold (
  id uuid primary key,
  account bigint not null,
  amount bigint not null check (amount between 1 and 99999999999999),
  state text not null default 'pending'
    check (state in ('pending', 'settled', 'released', 'expired')),
  made_at timestamptz not null,
  expires_at timestamptz,
  ended_at timestamptz,
  transfer_id uuid unique,
  check ((state = 'settled') = (transfer_id is not null)),
  check ((state = 'pending') = (ended_at is null))
);
create index hold_pending on ledger.hold (account) where state = 'pending';
create index hold_expiring on ledger.hold (expires_at) where state = 'pending';

-- 日締め: the state of an account at the end of each closed day on which it had a line.
create table ledger.day_close (
  account bigint not null,
  day date not null,
  last_seq bigint not null,
  balance bigint not null,
  primary key (account, day)
);

create table ledger.books (
  singleton boolean primary key default true check (singleton),
  closed_through date -- nothing may be booked on this day or before
);
insert into ledger.books default values;

create function ledger.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'rows of ledger.% are never changed or removed', tg_table_name
    using errcode = 'integrity_constraint_violation';
end $$;

create trigger transfer_stays before update or delete on ledger.transfer
  for each row execute function ledger.refuse_change();
create trigger transfer_not_emptied before truncate on ledger.transfer
  for each statement execute function ledger.refuse_change();
create trigger account_stays before delete on ledger.account
  for each row execute function ledger.refuse_change();
create trigger account_not_emptied before truncate on ledger.account
  for each statement execute function ledger.refuse_change();
create trigger hold_stays before delete on ledger.hold
  for each row execute function ledger.refuse_change();
create trigger hold_not_emptied before truncate on ledger.hold
  for each statement execute function ledger.refuse_change();
create trigger hold_ends_once before update on ledger.hold
  for each row
  when (
    old.state <> 'pending' or new.state = 'pending'
    or (old.id, old.account, old.amount, old.made_at, old.expires_at)
      is distinct from (new.id, new.account, new.amount, new.made_at, new.expires_at)
  )
  execute function ledger.refuse_change();
create trigger day_close_stays before update or delete on ledger.day_close
  for each row execute function ledger.refuse_change();
create trigger day_close_not_emptied before truncate on ledger.day_close
  for each statement execute function ledger.refuse_change();
create trigger books_stay before delete on ledger.books
  for each row execute function ledger.refuse_change();

revoke all on all functions in schema ledger from public;
grant usage on schema ledger to madoguchi_bank;
grant select on all tables in schema ledger to madoguchi_bank;
