-- 操作履歴: append-only records in one hash chain per company and one for the bank itself, and
-- the signed roots that seal them (design §5.9; README.md has the format).
create schema operation_history;
grant usage on schema operation_history to madoguchi_company, madoguchi_bank;

-- The payload is the record; the columns beside it repeat what is searched, and
-- `npm run bank -- audit verify` compares the two.
create table operation_history.record (
  chain text not null,
  sequence bigint not null check (sequence > 0),
  company_id uuid,
  user_id uuid,
  at timestamptz not null,
  business text not null,
  operation text not null,
  result text not null check (result in ('done', 'refused')),
  terminal text not null check (terminal in ('pc', 'smartphone')),
  payload text not null check (octet_length(payload) <= 65536),
  previous bytea not null check (octet_length(previous) = 32),
  hash bytea not null check (octet_length(hash) = 32),
  primary key (chain, sequence),
  check (chain = coalesce(company_id::text, 'bank'))
);
create index record_by_moment on operation_history.record (company_id, at desc, sequence desc);
create index record_by_user on operation_history.record (company_id, user_id, at desc, sequence desc);

-- The end of each chain. Locking its row is what makes a chain gapless.
create table operation_history.head (
  chain text primary key,
  sequence bigint not null check (sequence >= 0),
  hash bytea not null check (octet_length(hash) = 32)
);

-- Signed Merkle roots, over all chains in one numbered and linked list.
create table operation_history.root (
  position bigint primary key check (position > 0),
  chain text not null,
  first_sequence bigint not null check (first_sequence > 0),
  last_sequence bigint not null check (last_sequence >= first_sequence),
  statement text not null check (octet_length(statement) <= 4096),
  signature bytea not null check (octet_length(signature) = 64),
  unique (chain, last_sequence)
);

alter table operation_history.record enable row level security;
create policy company on operation_history.record to madoguchi_company
  using (company_id = platform.current_company());
create policy bank on operation_history.record to madoguchi_bank using (true);
alter table operation_history.head enable row level security;
create policy bank on operation_history.head to madoguchi_bank using (true);
alter table operation_history.root enable row level security;
create policy bank on operation_history.root to madoguchi_bank using (true);

grant select on operation_history.record to madoguchi_company, madoguchi_bank;
grant select on operation_history.head, operation_history.root to madoguchi_bank;

-- What a chain's first record continues.
create function operation_history.genesis(chain text) returns bytea
language sql immutable strict
return sha256(convert_to('madoguchi/operation-history/1/' || chain, 'UTF8'));

-- Appends one record to its chain, within the caller's transaction. The chain stays locked until
-- that transaction ends, so callers append last.
create function operation_history.append(new_payload text) returns bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
declare
  entry jsonb := new_payload::jsonb;
  company uuid := (entry ->> 'companyId')::uuid;
  own_chain text := coalesce(company::text, 'bank');
  head operation_history.head;
  new_hash bytea;
begin
  -- `role` is what the caller has set; within this function current_user is the tables' owner.
  if current_setting('role') <> 'madoguchi_bank'
    and (company is null or platform.current_company() is distinct from company)
  then
    raise exception 'a company appends to its own chain only' using errcode = '42501';
  end if;

  insert into operation_history.head (chain, sequence, hash)
  values (own_chain, 0, operation_history.genesis(own_chain))
  on conflict do nothing;
  select * into strict head from operation_history.head h where h.chain = own_chain for update;

  head.sequence := head.sequence + 1;
  new_hash := sha256(head.hash || int8send(head.sequence) || convert_to(new_payload, 'UTF8'));

  insert into operation_history.record (
    chain, sequence, company_id, user_id, at, business, operation, result, terminal,
    payload, previous, hash
  )
  values (
    own_chain, head.sequence, company, (entry ->> 'userId')::uuid,
    (entry ->> 'at')::timestamptz, entry ->> 'business', entry ->> 'operation',
    entry ->> 'result', entry #>> '{origin,terminal}',
    new_payload, head.hash, new_hash
  );
  update operation_history.head h
  set sequence = head.sequence, hash = new_hash
  where h.chain = own_chain;
  return head.sequence;
end
$$;

-- Stores one signed root. Only one sealing runs at a time: the bank takes `sealing_lock` first.
create function operation_history.seal(new_statement text, new_signature bytea) returns bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
declare
  said jsonb := new_statement::jsonb;
  own_chain text := said ->> 'chain';
  said_position bigint := (said ->> 'position')::bigint;
  said_first bigint := (said ->> 'firstSequence')::bigint;
  said_last bigint := (said ->> 'lastSequence')::bigint;
begin
  perform operation_history.sealing_lock();
  if said_position <> (select coalesce(max(position), 0) + 1 from operation_history.root) then
    raise exception 'the root does not follow the last one';
  end if;
  if said_first <> (
    select coalesce(max(last_sequence), 0) + 1 from operation_history.root where chain = own_chain
  ) or said_last > (select sequence from operation_history.head where chain = own_chain) then
    raise exception 'the root does not follow the last one of its chain';
  end if;
  insert into operation_history.root (
    position, chain, first_sequence, last_sequence, statement, signature
  )
  values (said_position, own_chain, said_first, said_last, new_statement, new_signature);
  return said_position;
end
$$;

create function operation_history.sealing_lock() returns void
language sql
begin atomic
  select pg_advisory_xact_lock(hashtext('operation_history.seal'));
end;

revoke all on function operation_history.genesis(text) from public;
revoke all on function operation_history.append(text) from public;
revoke all on function operation_history.seal(text, bytea) from public;
revoke all on function operation_history.sealing_lock() from public;
grant execute on function operation_history.append(text) to madoguchi_company, madoguchi_bank;
grant execute on function operation_history.seal(text, bytea) to madoguchi_bank;
grant execute on function operation_history.sealing_lock() to madoguchi_bank;

-- Nobody changes what was recorded, the tables' owner included while these stand.
create function operation_history.refuse_change() returns trigger
language plpgsql
as $$
begin
  raise exception 'the operation history is append-only' using errcode = '42501';
end
$$;

create trigger append_only before update or delete or truncate on operation_history.record
for each statement execute function operation_history.refuse_change();
create trigger append_only before update or delete or truncate on operation_history.root
for each statement execute function operation_history.refuse_change();
create trigger append_only before delete or truncate on operation_history.head
for each statement execute function operation_history.refuse_change();

-- A head moves forward by one record, never otherwise.
create function operation_history.one_forward() returns trigger
language plpgsql
as $$
begin
  if new.chain <> old.chain or new.sequence <> old.sequence + 1 then
    raise exception 'the operation history is append-only' using errcode = '42501';
  end if;
  return new;
end
$$;
create trigger one_forward before update on operation_history.head
for each row execute function operation_history.one_forward();
