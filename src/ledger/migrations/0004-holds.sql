-- 資金確保 — holds: money set aside before it is booked. Settling one is a part of post_batch.
-- Results are those of post_batch: 0 made, 1 made by an earlier call, else the refusal.

create function ledger.make_hold(
  hold_id uuid, hold_account bigint, hold_amount bigint, hold_expires_at timestamptz,
  at timestamptz
) returns smallint
language plpgsql security definer set search_path = ledger, pg_temp as $$
declare
  x ledger.account;
  h ledger.hold;
begin
  if hold_amount <= 0 then
    return 3;
  end if;
  select * into x from ledger.account where id = hold_account for no key update;
  select * into h from ledger.hold where id = hold_id;
  if h.id is not null then
    return case when (h.account, h.amount, h.expires_at)
      is not distinct from (hold_account, hold_amount, hold_expires_at) then 1 else 4 end;
  end if;
  if x.id is null then
    return 5;
  elsif x.status = 2 then
    return 6;
  elsif x.balance - x.held - hold_amount < x.floor then
    return 12;
  end if;
  insert into ledger.hold (id, account, amount, made_at, expires_at)
  values (hold_id, hold_account, hold_amount, at, hold_expires_at);
  update ledger.account set held = held + hold_amount where id = hold_account;
  return 0;
end $$;

-- Gives the money back. Once it is back, however that came about, a repeat finds nothing to do.
create function ledger.release_hold(hold_id uuid, at timestamptz) returns smallint
language plpgsql security definer set search_path = ledger, pg_temp as $$
declare
  h ledger.hold;
begin
  perform from ledger.account
  where id = (select account from ledger.hold where id = hold_id) for no key update;
  select * into h from ledger.hold where id = hold_id for update;
  if h.id is null then
    return 8;
  elsif h.state = 'settled' then
    return 9;
  elsif h.state <> 'pending' then
    return 1;
  end if;
  update ledger.hold set state = 'released', ended_at = at where id = hold_id;
  update ledger.account set held = held - h.amount where id = h.account;
  return 0;
end $$;

-- Ends at most `many` holds whose time is over and says how many it ended.
create function ledger.expire_holds(at timestamptz, many integer) returns integer
language plpgsql security definer set search_path = ledger, pg_temp as $$
declare
  due uuid[];
  ended integer;
begin
  select array_agg(id) into due from (
    select id from ledger.hold where state = 'pending' and expires_at <= at
    order by expires_at limit many
  ) h;
  perform from ledger.account
  where id in (select account from ledger.hold where id = any (due)) order by id for no key update;
  with over as (
    update ledger.hold set state = 'expired', ended_at = at
    where id = any (due) and state = 'pending' returning account, amount
  ), freed as (
    update ledger.account x set held = x.held - o.amount
    from (select account, sum(amount)::bigint as amount from over group by account) o
    where x.id = o.account
  )
  select count(*) into ended from over;
  return ended;
end $$;

revoke all on all functions in schema ledger from public;
grant execute on function ledger.make_hold, ledger.release_hold, ledger.expire_holds
  to madoguchi_bank;
