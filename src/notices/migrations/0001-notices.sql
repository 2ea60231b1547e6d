-- お知らせ: what the bank publishes, and who has read it.
create schema notices;
grant usage on schema notices to madoguchi_company, madoguchi_bank;

create table notices.notice (
  id uuid primary key,
  company_id uuid references administration.company (id), -- null: to all companies
  kind text not null check (kind in ('login-time', 'notice', 'caution')),
  important boolean not null,
  title text not null check (length(title) between 1 and 100),
  paragraphs text[] not null check (cardinality(paragraphs) between 1 and 50),
  english_title text check (length(english_title) between 1 and 200),
  english_paragraphs text[] check (cardinality(english_paragraphs) between 1 and 50),
  published_from timestamptz not null, -- 掲載開始
  published_until timestamptz, -- 掲載終了, exclusive; null: until further notice
  created_at timestamptz not null,
  check (published_until > published_from),
  check ((english_title is null) = (english_paragraphs is null))
);
create index notice_by_day on notices.notice (published_from desc, id desc);

create table notices.reading ( -- 既読
  company_id uuid not null references administration.company (id),
  user_id uuid not null,
  notice_id uuid not null references notices.notice (id),
  read_at timestamptz not null,
  primary key (user_id, notice_id),
  foreign key (company_id, user_id) references administration.app_user (company_id, id)
);

alter table notices.notice enable row level security;
create policy company on notices.notice to madoguchi_company
  using (company_id is null or company_id = platform.current_company());
create policy bank on notices.notice to madoguchi_bank using (true);
grant select on notices.notice to madoguchi_company;
grant select, insert on notices.notice to madoguchi_bank;

alter table notices.reading enable row level security;
create policy company on notices.reading to madoguchi_company
  using (company_id = platform.current_company());
create policy bank on notices.reading to madoguchi_bank using (true);
grant select, insert on notices.reading to madoguchi_company, madoguchi_bank;
