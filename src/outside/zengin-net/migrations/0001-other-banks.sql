-- 全銀システム, simulated: the other banks, their accounts, what was sent to them and what they
-- answer. These tables stand for other houses: no company sees them.
create schema zengin_net;
grant usage on schema zengin_net to madoguchi_bank;

create table zengin_net.bank (
  code text primary key check (code ~ '^[0-9]{4}$'),
  takes_more_time boolean not null default true, -- モアタイム
  in_service boolean not null default true
);

create table zengin_net.account (
  bank_code text not null references zengin_net.bank,
  branch_code text not null check (branch_code ~ '^[0-9]{3}$'),
  kind text not null check (kind in ('ordinary', 'current', 'savings', 'other')),
  number text not null check (number ~ '^[0-9]{7}$'),
  holder_kana text not null,
  opened boolean not null, -- by somebody on purpose; false: came with its first payment
  state text not null default 'open' check (state in ('open', 'closed', 'refuses')),
  balance bigint not null default 0 check (balance >= 0),
  primary key (bank_code, branch_code, kind, number)
);

create table zengin_net.message (
  id uuid primary key,
  from_bank_code text not null,
  from_branch_code text not null,
  to_bank_code text not null,
  to_branch_code text not null,
  to_kind text not null,
  to_number text not null,
  payee_name text not null,
  amount bigint not null check (amount > 0),
  remitter_name text not null,
  edi_information text,
  payment_day date not null,
  received_at timestamptz not null,
  result text not null check (result in ('credited', 'returned')),
  return_reason text check (return_reason in
    ('no-such-account', 'name-differs', 'account-closed', 'account-refuses')),
  check ((result = 'returned') = (return_reason is not null))
);
create index message_received on zengin_net.message (received_at desc, id desc);
create index message_account on zengin_net.message
  (to_bank_code, to_branch_code, to_kind, to_number, received_at desc);

create table zengin_net.answer (
  id uuid primary key,
  message_id uuid not null references zengin_net.message,
  at timestamptz not null, -- given out from this moment on
  held boolean not null default false,
  acknowledged_at timestamptz
);
create index answer_waiting on zengin_net.answer (at, id) where acknowledged_at is null;
create index answer_message on zengin_net.answer (message_id);

-- What goes wrong on purpose. Bank '*' stands for all of them.
create table zengin_net.switch (
  name text not null,
  bank_code text not null check (bank_code ~ '^([0-9]{4}|\*)$'),
  remaining integer check (remaining > 0), -- how often yet; null: until it is taken back
  primary key (name, bank_code)
);

do $$
declare
  name text;
begin
  foreach name in array array['bank', 'account', 'message', 'answer', 'switch'] loop
    execute format('alter table zengin_net.%I enable row level security', name);
    execute format('create policy bank on zengin_net.%I to madoguchi_bank using (true)', name);
  end loop;
end $$;
grant select, insert on all tables in schema zengin_net to madoguchi_bank;
grant update (takes_more_time, in_service) on zengin_net.bank to madoguchi_bank;
grant update (holder_kana, opened, state, balance) on zengin_net.account to madoguchi_bank;
grant update (at, held, acknowledged_at) on zengin_net.answer to madoguchi_bank;
grant update (remaining), delete on zengin_net.switch to madoguchi_bank;
