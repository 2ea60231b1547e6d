-- 限度額の使用: what orders have reserved of the day's limits (internet-banking.md §4.7).
-- One counter for each level and kind of limit; one reservation for each order, so that whatever
-- gives an order back gives back exactly what it took.
create table administration.limit_use (
  company_id uuid not null references administration.company (id),
  day date not null, -- 指定日
  level text not null check (level in ('user', 'account', 'company')),
  of text not null, -- the user's id, the account's key, or the company's id
  limited text not null,
  used bigint not null check (used >= 0),
  primary key (company_id, day, level, of, limited)
);

create table administration.limit_reservation (
  company_id uuid not null references administration.company (id),
  order_id uuid not null,
  day date not null,
  level text not null,
  of text not null,
  limited text not null,
  amount bigint not null check (amount > 0),
  primary key (company_id, order_id, level, of, limited),
  foreign key (company_id, day, level, of, limited)
    references administration.limit_use (company_id, day, level, of, limited)
);
create index on administration.limit_reservation (day);

do $$
declare name text;
begin
  foreach name in array array['limit_use', 'limit_reservation']
  loop
    execute format('alter table administration.%I enable row level security', name);
    execute format('create policy company on administration.%I to madoguchi_company
      using (company_id = platform.current_company())', name);
    execute format('create policy bank on administration.%I to madoguchi_bank using (true)', name);
  end loop;
end $$;
grant select, insert, update (used) on administration.limit_use
  to madoguchi_company, madoguchi_bank;
grant select, insert, delete on administration.limit_reservation
  to madoguchi_company, madoguchi_bank;
grant delete on administration.limit_use to madoguchi_bank;
