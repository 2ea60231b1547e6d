-- 金融機関マスタ: the banks of the country and their branches, of one published version, and what
-- this bank sets itself, which every later version leaves alone.
create schema bank_directory;
grant usage on schema bank_directory to madoguchi_company, madoguchi_bank;

create table bank_directory.loaded ( -- one row a version
  version text primary key,
  loaded_at timestamptz not null,
  banks integer not null,
  branches integer not null
);

create table bank_directory.bank (
  code text primary key check (code ~ '^\d{4}$'), -- 金融機関コード
  name text not null check (length(name) between 1 and 60), -- 金融機関名
  kana text not null check (length(kana) <= 15), -- half-width
  search text not null, -- name, kana and code in the form that is searched
  own boolean not null default false, -- set by this bank
  version text, -- the published version that named it last
  closed_on date
);
create table bank_directory.branch (
  bank_code text not null references bank_directory.bank (code),
  code text not null check (code ~ '^\d{3}$'), -- 支店コード
  name text not null check (length(name) between 1 and 60), -- 支店名
  kana text not null check (length(kana) <= 15),
  search text not null,
  own boolean not null default false,
  version text,
  closed_on date,
  primary key (bank_code, code)
);

alter table bank_directory.loaded enable row level security;
create policy bank on bank_directory.loaded to madoguchi_bank using (true);
do $$
declare name text;
begin
  foreach name in array array['bank', 'branch']
  loop
    execute format('alter table bank_directory.%I enable row level security', name);
    -- Every company reads the same directory: it holds nothing of any customer.
    execute format('create policy everybody on bank_directory.%I
      to madoguchi_company, madoguchi_bank using (true)', name);
    execute format('grant select on bank_directory.%I to madoguchi_company, madoguchi_bank', name);
    execute format('grant insert, update on bank_directory.%I to madoguchi_bank', name);
  end loop;
end $$;
grant select, insert on bank_directory.loaded to madoguchi_bank;
