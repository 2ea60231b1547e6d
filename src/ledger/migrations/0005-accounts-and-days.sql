-- Opening and closing accounts, closing days, and proving that the books are right.

create function ledger.open_account(
  account_id bigint, account_currency text, account_floor bigint, at timestamptz
) returns boolean
language sql security definer set search_path = ledger, pg_temp as $$
  insert into ledger.account (id, currency, floor, opened_at)
  values (account_id, account_currency, account_floor, at)
  on conflict (id) do nothing returning true
$$;

-- 解約: only an empty account closes. True when it is closed afterwards, null when unknown.
create function ledger.close_account(account_id bigint) returns boolean
language plpgsql security definer set search_path = ledger, pg_temp as $$
declare
  closed boolean;
begin
  update ledger.account
  set status = case when balance = 0 and held = 0 then 2 else status end
  where id = account_id returning status = 2 into closed;
  return closed;
end $$;

-- The last line of an account up to a day; no row where it had none.
create function ledger.last_line(account_id bigint, day date)
returns table (booked_on date, seq bigint, balance bigint)
language sql stable security definer set search_path = ledger, pg_temp as $$
  select * from (
    (select t.booked_on, debit_seq, debit_balance from ledger.transfer t
      where debit_account = account_id and t.booked_on <= day
      order by t.booked_on desc, debit_seq desc limit 1)
    union all
    (select t.booked_on, credit_seq, credit_balance from ledger.transfer t
      where credit_account = account_id and t.booked_on <= day
      order by t.booked_on desc, credit_seq desc limit 1)
  ) side order by 2 desc limit 1
$$;

-- 日締め, first step: from now on nothing is booked on this day or before. Waits for the
-- postings on their way, which hold a row lock and have read the day that was closed until then.
create function ledger.close_books(day date) returns void
language plpgsql security definer set search_path = ledger, pg_temp as $$
begin
  lock table ledger.account in exclusive mode;
  update ledger.books set closed_through = greatest(closed_through, day);
end $$;

-- Second step, without a lock: the lines up to that day cannot change any more.
create function ledger.keep_closing_balances(closed_day date) returns integer
language plpgsql security definer set search_path = ledger, pg_temp as $$
declare
  kept integer;
begin
  if (select closed_through >= closed_day from ledger.books) is not true then
    raise exception 'the books are open on %', closed_day;
  end if;
  insert into ledger.day_close (account, day, last_seq, balance)
  select x.id, l.booked_on, l.seq, l.balance
  from ledger.account x cross join lateral ledger.last_line(x.id, closed_day) l
  on conflict do nothing;
  get diagnostics kept = row_count;
  return kept;
end $$;

-- Every line of the books as its account sees it.
create view ledger.line as
  select debit_account as account, debit_seq as seq, -amount as change, debit_balance as balance,
    booked_on, id as transfer_id
  from ledger.transfer
  union all
  select credit_account, credit_seq, amount, credit_balance, booked_on, id from ledger.transfer;

-- Everything that must be true of the books and is not. No row: they are right.
create view ledger.mistake as
  with line as (
    select account, seq, change, balance, booked_on,
      row_number() over own as place, sum(change) over own as total,
      lag(booked_on) over own as day_before
    from ledger.line window own as (partition by account order by seq)
  ), account as (
    select a.*, coalesce(l.lines, 0) as lines, coalesce(l.total, 0) as total,
      coalesce(h.held, 0) as held_by_holds
    from ledger.account a
    left join (select account, count(*) as lines, sum(change) as total from ledger.line group by 1) l
      on l.account = a.id
    left join (
      select account, sum(amount) as held from ledger.hold where state = 'pending' group by 1
    ) h on h.account = a.id
  )
  select account, seq, 'line numbers have a gap' as mistake from line where seq <> place
  union all
  select account, seq, 'running balance is not the sum so far' from line where balance <> total
  union all
  select account, seq, 'booked before the line before' from line where booked_on < day_before
  union all
  select id, seq, 'balance is not the sum of the transfers' from account where balance <> total
  union all
  select id, seq, 'line count is not the number of transfers' from account where seq <> lines
  union all
  select id, seq, 'held amount is not the sum of the holds' from account where held <> held_by_holds
  union all
  select id, seq, 'balance is below the floor' from account where balance - held < floor;

revoke all on all functions in schema ledger from public;
grant select on ledger.line, ledger.mistake to madoguchi_bank;
grant execute on function ledger.open_account, ledger.close_account, ledger.last_line,
  ledger.close_books, ledger.keep_closing_balances to madoguchi_bank;
