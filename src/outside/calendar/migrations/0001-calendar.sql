-- 営業日カレンダー: the days on which banks are closed beside Saturdays and Sundays. The bank's own
-- table; no company sees it, for the programs ask the port.
create schema calendar;
grant usage on schema calendar to madoguchi_bank;

-- A year that is not here is unknown: nobody may take its missing holidays for business days.
create table calendar.known_year (
  year integer primary key check (year between 1970 and 9999)
);

create table calendar.holiday (
  day date primary key,
  name text not null check (length(name) between 1 and 40), -- 元日, 銀行休業日
  confirmed boolean not null, -- false: a forecast, such as 春分の日 of later years
  source text not null check (source in ('seed', 'bank')), -- a row of the bank is never seeded over
  removed boolean not null default false, -- the bank is open on this day, whatever the seed says
  changed_at timestamptz not null,
  check (source = 'bank' or not removed)
);

alter table calendar.known_year enable row level security;
create policy bank on calendar.known_year to madoguchi_bank using (true);
grant select, insert on calendar.known_year to madoguchi_bank;

alter table calendar.holiday enable row level security;
create policy bank on calendar.holiday to madoguchi_bank using (true);
grant select, insert, delete, update (name, confirmed, source, removed, changed_at)
  on calendar.holiday to madoguchi_bank;
