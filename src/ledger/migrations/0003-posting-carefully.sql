-- 記帳, the careful way — batches in which more than money may be wrong: groups, holds, ids that
-- were used before, several days, accounts that are closed or that nobody knows.

-- What is already known of each transfer's id and hold.
create type ledger.known as (
  seen smallint[], -- 0 never, 1 the same transfer was made before, 2 another was
  previous integer[], -- place of the transfer before with the same id in this batch, or null
  hold_places integer[], -- first place in this batch that names the same hold; null: no hold
  hold_accounts bigint[], -- null: nobody knows this hold
  hold_amounts bigint[],
  hold_states text[]
);

create function ledger.look_up(a ledger.asked, posted_at timestamptz) returns ledger.known
language plpgsql as $$
declare
  k ledger.known;
begin
  -- Only holds of accounts locked above: then no two transactions wait for each other's holds.
  perform from ledger.hold where id = any (a.holds) and account = any (a.accounts)
  order by id for update;
  with item as (
    select i.*, a.accounts[i.debit] as debit_account, a.accounts[i.credit] as credit_account
    from unnest(a.ids, a.debits, a.credits, a.amounts, a.kinds, a.booked_on, a.value_on,
      a.debit_memos, a.credit_memos, a.holds) with ordinality
      i(id, debit, credit, amount, kind, booked_on, value_on, debit_memo, credit_memo, hold, place)
  ), found as (
    select i.place, i.hold, h.account, h.amount,
      case when h.state = 'pending' and h.expires_at <= look_up.posted_at then 'expired'
        else h.state end as state,
      case
        when t.id is null then 0
        when (t.debit_account, t.credit_account, t.amount, t.kind, t.booked_on, t.value_on,
            t.debit_memo, t.credit_memo)
          is not distinct from (i.debit_account, i.credit_account, i.amount, i.kind, i.booked_on,
            i.value_on, i.debit_memo, i.credit_memo)
          and (i.hold is null or h.transfer_id is not distinct from i.id) then 1
        else 2
      end as seen,
      lag(i.place) over (partition by i.id order by i.place) as previous,
      case when i.hold is not null
        then first_value(i.place) over (partition by i.hold order by i.place) end as hold_place
    from item i
    left join ledger.transfer t on t.id = i.id
    left join ledger.hold h on h.id = i.hold
  )
  select array_agg(seen order by place), array_agg(previous order by place),
    array_agg(hold_place order by place), array_agg(account order by place),
    array_agg(amount order by place), array_agg(state order by place)
  into k.seen, k.previous, k.hold_places, k.hold_accounts, k.hold_amounts, k.hold_states
  from found;
  return k;
end $$;

create function ledger.decide_carefully(a ledger.asked, s ledger.standing, k ledger.known)
returns ledger.decided language plpgsql as $$
declare
  many constant integer := cardinality(a.ids);
  ids constant uuid[] := a.ids;
  debits constant integer[] := a.debits;
  credits constant integer[] := a.credits;
  amounts constant bigint[] := a.amounts;
  booked_on constant date[] := a.booked_on;
  group_ends integer[] := a.group_ends;
  statuses constant smallint[] := s.statuses;
  closed_through constant date := coalesce(s.closed_through, '-infinity');
  previous constant integer[] := k.previous;
  hold_places constant integer[] := k.hold_places;
  seen constant smallint[] := k.seen;
  hold_states text[] := k.hold_states;
  lows bigint[] := s.lows;
  balances bigint[] := s.balances;
  seqs bigint[] := s.seqs;
  last_days date[] := s.last_days;
  freed bigint[] := array_fill(0::bigint, array[cardinality(a.accounts)]);
  made boolean[] := array_fill(false, array[many]);
  group_ids uuid[] := array_fill(null::uuid, array[many]);
  results smallint[] := '{}';
  debit_seqs bigint[] := array_fill(0::bigint, array[many]);
  debit_balances bigint[] := debit_seqs;
  credit_seqs bigint[] := debit_seqs;
  credit_balances bigint[] := debit_seqs;
  debit_days date[] := array_fill(null::date, array[many]); -- last days before, to undo
  credit_days date[] := debit_days;
  start integer := 1;
  stop integer;
  done integer;
  repeats integer;
  result smallint;
  r smallint;
  d integer;
  c integer;
  h integer;
  j integer;
  held bigint;
  out ledger.decided;
begin
  if group_ends is null then
    select array_agg(n order by n) into group_ends from generate_series(1, many) n;
  end if;
  foreach stop in array group_ends loop
    result := null;
    repeats := 0;
    for i in start..stop loop
      d := debits[i];
      c := credits[i];
      h := hold_places[i];
      r := seen[i];
      j := previous[i];
      if r = 0 and j is not null then
        while j is not null and not made[j] loop
          j := previous[j];
        end loop;
        if j is not null then
          r := case when (debits[j], credits[j], amounts[j], a.kinds[j], booked_on[j],
              a.value_on[j], a.debit_memos[j], a.credit_memos[j], a.holds[j])
            is not distinct from (d, c, amounts[i], a.kinds[i], booked_on[i],
              a.value_on[i], a.debit_memos[i], a.credit_memos[i], a.holds[i]) then 1 else 2 end;
        end if;
      end if;
      r := case
        when d = c then 2
        when amounts[i] <= 0 then 3
        when r = 2 or previous[i] >= start then 4
        when r = 1 then 1
        when statuses[d] is null or statuses[c] is null then 5
        when statuses[d] = 2 or statuses[c] = 2 then 6
        when booked_on[i] < last_days[d] or booked_on[i] < last_days[c]
          or booked_on[i] <= closed_through then 7
        when h is null then 0
        when k.hold_accounts[i] is distinct from a.accounts[d] then 8
        when hold_states[h] = 'settled' then 9
        when hold_states[h] <> 'pending' then 10
        when amounts[i] > k.hold_amounts[i] then 11
        else 0
      end;
      if r = 1 then
        repeats := repeats + 1;
      elsif r > 1 then
        result := least(result, r);
      end if;
    end loop;
    if repeats = stop - start + 1 then
      result := 1;
    elsif repeats > 0 then
      result := least(result, 4::smallint); -- part of it was made in other company
    end if;

    if result is null then
      for i in start..stop loop
        d := debits[i];
        c := credits[i];
        h := hold_places[i];
        held := case when h is null then 0 else k.hold_amounts[i] end;
        result := case
          when booked_on[i] < last_days[d] or booked_on[i] < last_days[c] then 7
          when h is not null and hold_states[h] <> 'pending' then 9 -- settled by this very group
          when balances[d] - amounts[i] < lows[d] - held then 12
        end;
        exit when result is not null;
        debit_days[i] := last_days[d];
        credit_days[i] := last_days[c];
        balances[d] := balances[d] - amounts[i];
        balances[c] := balances[c] + amounts[i];
        seqs[d] := seqs[d] + 1;
        seqs[c] := seqs[c] + 1;
        last_days[d] := booked_on[i];
        last_days[c] := booked_on[i];
        debit_seqs[i] := seqs[d];
        credit_seqs[i] := seqs[c];
        debit_balances[i] := balances[d];
        credit_balances[i] := balances[c];
        if h is not null then
          hold_states[h] := 'settled';
          lows[d] := lows[d] - held;
          freed[d] := freed[d] + held;
        end if;
        made[i] := true;
        done := i;
        if start < stop then
          group_ids[i] := ids[start];
        end if;
      end loop;
      if result is not null then
        for i in reverse stop..start loop
          continue when not made[i];
          d := debits[i];
          c := credits[i];
          h := hold_places[i];
          balances[d] := balances[d] + amounts[i];
          balances[c] := balances[c] - amounts[i];
          seqs[d] := seqs[d] - 1;
          seqs[c] := seqs[c] - 1;
          last_days[c] := credit_days[i];
          last_days[d] := debit_days[i];
          if h is not null then
            hold_states[h] := 'pending';
            lows[d] := lows[d] + k.hold_amounts[i];
            freed[d] := freed[d] - k.hold_amounts[i];
          end if;
          made[i] := false;
        end loop;
      end if;
    end if;
    results := results || coalesce(result, 0::smallint);
    start := stop + 1;
  end loop;
  out.results := results;
  out.made := made;
  out.group_ids := group_ids;
  out.debit_seqs := debit_seqs;
  out.debit_balances := debit_balances;
  out.credit_seqs := credit_seqs;
  out.credit_balances := credit_balances;
  out.balances := balances;
  out.seqs := seqs;
  out.last_days := last_days;
  out.freed := freed;
  return out;
end $$;

create function ledger.post_batch(
  posted_at timestamptz, ids uuid[], accounts bigint[], debits integer[], credits integer[],
  amounts bigint[], kinds smallint[], booked_on date[], value_on date[],
  debit_memos text[], credit_memos text[], holds uuid[], group_ends integer[]
) returns smallint[]
language plpgsql security definer
-- Plans made once would assume arrays of ten elements.
set search_path = ledger, pg_temp set plan_cache_mode = force_custom_plan as $$
declare
  many constant integer := cardinality(ids);
  a constant ledger.asked := row(ids, accounts, debits, credits, amounts,
    ledger.spread(kinds, many), ledger.spread(booked_on, many), ledger.spread(value_on, many),
    ledger.spread(debit_memos, many), ledger.spread(credit_memos, many), holds, group_ends);
  s ledger.standing;
  d ledger.decided;
begin
  -- What this does not look at, the plain way does, or a constraint of transfer.
  if holds is null and group_ends is null and (booked_on[1] = all (booked_on)) is true then
    begin
      perform ledger.post_plainly(a, posted_at);
      return '{}';
    exception when unique_violation or check_violation then
      null; -- an id used before, the same account twice, no amount, no money: find out which
    end;
  end if;
  s := ledger.lock_accounts(accounts);
  d := ledger.decide_carefully(a, s, ledger.look_up(a, posted_at));
  perform ledger.write_lines(a, d, posted_at), ledger.write_accounts(a, d);
  return d.results;
end $$;

revoke all on all functions in schema ledger from public;
grant execute on function ledger.post_batch to madoguchi_bank;
