-- 振込振替: orders, their payees, every step, and the outbox of messages to other banks.
create schema transfers;
grant usage on schema transfers to madoguchi_company, madoguchi_bank;

create sequence transfers.receipt; -- 受付番号: gaps mean nothing

create table transfers.transfer (
  id uuid primary key,
  company_id uuid not null references administration.company (id),
  kind text not null check (kind in ('transfer', 'own-transfer')), -- 振込・振替
  state text not null check (state in ('draft', 'recalled', 'sent-back', 'withdrawn', 'failed',
    'awaiting-approval', 'accepted', 'executing', 'sent', 'completed', 'partly-returned', 'returned',
    'not-executed', 'cancelled', 'deleted', 'expired')),
  requester uuid not null, -- 依頼者
  account_key text not null, -- 支払口座
  payment_day date not null, -- 指定日
  name text not null check (length(name) <= 10), -- 取引名
  remitter_name text not null check (length(remitter_name) <= 48), -- 振込依頼人名; empty: the account's
  memo text not null check (length(memo) <= 100), -- 取引メモ
  payable bigint not null check (payable > 0), -- 支払金額の合計
  created_at timestamptz not null,
  changed_at timestamptz not null,

  -- Of a return to the requester: 引戻し, 差戻し, 承認取消, エラー.
  returned_reason text,
  returned_comment text check (length(returned_comment) <= 500),

  -- Of 確定, and fixed by it.
  receipt_number text unique, -- 受付番号
  submitted_at timestamptz,
  handling text check (handling in ('same-day', 'booked')), -- 当日扱い・予約扱い
  deadline timestamptz, -- 承認期限
  digest bytea check (length(digest) = 32), -- 照合値
  approval_id uuid,
  remitter_printed text, -- 振込依頼人名 as the payees will read it
  amount bigint check (amount > 0), -- 振込金額の合計
  deducted bigint check (deducted >= 0), -- 先方負担手数料の合計
  bank_fee bigint check (bank_fee >= 0), -- 振込手数料の合計
  debit bigint, -- 引落金額
  hold_id uuid,

  -- Of acceptance and execution.
  accepted_at timestamptz, -- 受付日時
  due_at timestamptz, -- when it is carried out
  signatures jsonb, -- what was signed: purpose, subject, user, challenge
  lease_until timestamptz, -- a worker is at it
  debited_at timestamptz,
  ended_at timestamptz,
  failure text, -- why it was not executed
  failure_facts jsonb,

  foreign key (company_id, requester) references administration.app_user (company_id, id),
  foreign key (company_id, account_key)
    references administration.company_account (company_id, account_key),
  check (case
    when state in ('draft', 'recalled', 'sent-back', 'withdrawn', 'failed')
      then receipt_number is null
    when state in ('deleted', 'expired') then true -- a draft can be deleted, and grow too old
    else receipt_number is not null end),
  check ((receipt_number is null) = (submitted_at is null)),
  check ((receipt_number is null) = (handling is null)),
  check ((receipt_number is null) = (deadline is null)),
  check ((receipt_number is null) = (digest is null)),
  check ((receipt_number is null) = (remitter_printed is null)),
  check ((receipt_number is null) = (amount is null)),
  check ((receipt_number is null) = (deducted is null)),
  check ((receipt_number is null) = (bank_fee is null)),
  check ((receipt_number is null) = (debit is null)),
  check ((receipt_number is null) = (hold_id is null)),
  check (debit is null or debit = amount + bank_fee),
  check (amount is null or payable = amount + deducted),
  check (state not in ('recalled', 'sent-back', 'withdrawn', 'failed')
    or returned_reason is not null),
  check (state <> 'awaiting-approval' or approval_id is not null),
  check (accepted_at is not null or state not in ('accepted', 'executing', 'sent', 'completed',
    'partly-returned', 'returned', 'not-executed', 'cancelled')),
  check ((accepted_at is null) = (due_at is null)),
  check ((accepted_at is null) = (signatures is null)),
  check ((state = 'executing') = (lease_until is not null)),
  check ((debited_at is not null)
    = (state in ('sent', 'completed', 'partly-returned', 'returned'))),
  check ((ended_at is not null) = (state in ('completed', 'partly-returned', 'returned',
    'not-executed', 'cancelled', 'deleted', 'expired'))),
  check ((state = 'not-executed') = (failure is not null)),
  unique (company_id, id)
);
-- The lists: newest first, of a company, of a requester, by 指定日; and what is due.
create index transfer_listed on transfers.transfer (company_id, payment_day desc, id desc);
create index transfer_editable on transfers.transfer (company_id, requester, changed_at desc)
  where receipt_number is null;
create index transfer_due on transfers.transfer (due_at) where state in ('accepted', 'executing');
create index transfer_stale on transfers.transfer (changed_at)
  where state in ('draft', 'recalled', 'sent-back', 'withdrawn', 'failed');

create table transfers.item ( -- 明細
  id uuid primary key,
  company_id uuid not null,
  transfer_id uuid not null,
  place integer not null check (place between 0 and 99),
  source text not null check (source in ('typed', 'payee', 'recent', 'filed', 'own')),
  payee_id uuid,
  account text not null, -- 振込先口座: 9998-101-ordinary-7654321
  bank_name text not null,
  branch_name text not null,
  payee_name text not null check (length(payee_name) <= 48), -- 受取人名, half-width
  label text not null default '', -- 登録名
  name_check text not null
    check (name_check in ('confirmed', 'differs', 'no-answer', 'not-asked')),
  name_at_bank text, -- what the other bank calls the holder
  payable bigint not null check (payable > 0), -- 支払金額
  bearer text not null check (bearer in ('payer', 'payee-table', 'payee-stated')),
  stated_fee bigint check (stated_fee >= 0),
  edi text not null check (length(edi) <= 20), -- EDI情報; empty: none
  -- Fixed by 確定.
  is_new boolean, -- 新規の受取人
  deducted bigint check (deducted >= 0), -- 先方負担手数料
  amount bigint check (amount > 0), -- 振込金額
  bank_fee bigint check (bank_fee >= 0), -- 振込手数料
  posting_id uuid, -- what moves the amount out of the account
  fee_posting_id uuid,
  delivery_id uuid, -- the message to the other bank, or the posting to our own payee
  refund_id uuid, -- 資金返却
  outcome text check (outcome in ('waiting', 'credited', 'returned')), -- null: not yet debited
  return_reason text,
  settled_at timestamptz,
  foreign key (company_id, transfer_id) references transfers.transfer (company_id, id),
  unique (transfer_id, place),
  check ((amount is null) = (deducted is null)),
  check ((amount is null) = (posting_id is null)),
  check (amount is null or payable = amount + deducted),
  check ((bearer = 'payee-stated') = (stated_fee is not null)),
  check ((outcome = 'returned') = (return_reason is not null) or outcome is null)
);
create index on transfers.item (company_id, account);
create unique index item_delivery on transfers.item (delivery_id) where delivery_id is not null;

create table transfers.step ( -- every step, never changed
  id uuid primary key,
  sequence bigint generated always as identity, -- two of one moment keep their order
  company_id uuid not null,
  transfer_id uuid not null,
  at timestamptz not null,
  by uuid, -- null: the bank
  step text not null check (step ~ '^[a-z][a-z-]{1,39}$'),
  facts jsonb not null check (jsonb_typeof(facts) = 'object'),
  comment text not null default '' check (length(comment) <= 500),
  foreign key (company_id, transfer_id) references transfers.transfer (company_id, id)
);
create index on transfers.step (transfer_id, sequence);

create table transfers.delivery ( -- the outbox: at least once, applied once
  id uuid primary key,
  company_id uuid not null,
  transfer_id uuid not null,
  state text not null default 'waiting' check (state in ('waiting', 'sent', 'answered')),
  attempts integer not null default 0,
  next_try_at timestamptz,
  last_error text check (length(last_error) <= 100),
  created_at timestamptz not null,
  foreign key (company_id, transfer_id) references transfers.transfer (company_id, id),
  check ((state = 'waiting') = (next_try_at is not null))
);
create index delivery_due on transfers.delivery (next_try_at, id) where state = 'waiting';

-- Whom a company has paid: who is new, and 最近10回の取引.
create table transfers.paid_account (
  company_id uuid not null references administration.company (id),
  account text not null,
  payee_name text not null,
  label text not null,
  bank_name text not null,
  branch_name text not null,
  bearer text not null,
  stated_fee bigint,
  edi text not null,
  first_paid_at timestamptz not null,
  last_paid_at timestamptz not null,
  last_amount bigint not null, -- 支払金額
  times bigint not null,
  primary key (company_id, account)
);
create index on transfers.paid_account (company_id, last_paid_at desc);

-- 口座確認: what the other bank said last. The browser's word for it is not taken.
create table transfers.name_answer (
  company_id uuid not null references administration.company (id),
  account text not null,
  answer text not null check (answer in ('holder', 'no-such-account', 'no-answer', 'stopped')),
  holder_kana text,
  at timestamptz not null,
  primary key (company_id, account),
  check ((answer = 'holder') = (holder_kana is not null))
);

create function transfers.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'a step is never changed';
end $$;
create trigger append_only before update or delete or truncate on transfers.step
  for each statement execute function transfers.refuse_change();

do $$
declare name text;
begin
  foreach name in array array['transfer', 'item', 'step', 'delivery', 'paid_account',
    'name_answer']
  loop
    execute format('alter table transfers.%I enable row level security', name);
    execute format('create policy company on transfers.%I to madoguchi_company
      using (company_id = platform.current_company())', name);
    execute format('create policy bank on transfers.%I to madoguchi_bank using (true)', name);
  end loop;
end $$;
grant select, insert, update on transfers.transfer to madoguchi_company, madoguchi_bank;
grant select, insert, update, delete on transfers.item to madoguchi_company, madoguchi_bank;
grant select, insert on transfers.step to madoguchi_company, madoguchi_bank;
grant select on transfers.paid_account to madoguchi_company;
grant select, insert, update on transfers.paid_account, transfers.delivery to madoguchi_bank;
grant select, insert, update on transfers.name_answer to madoguchi_company;
grant delete on transfers.name_answer to madoguchi_bank;
grant usage on sequence transfers.receipt to madoguchi_company, madoguchi_bank;
