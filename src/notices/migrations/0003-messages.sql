-- 通知: messages within the counter. Told in the transaction of what they tell about.
create table notices.message (
  id uuid primary key,
  company_id uuid not null references administration.company (id),
  user_id uuid not null, -- to whom
  kind text not null check (kind ~ '^[a-z][a-z-]{1,49}$'),
  facts jsonb not null check (jsonb_typeof(facts) = 'object'), -- no amount, no secret
  path text not null check (path ~ '^/[A-Za-z0-9/_?=&.-]*$' and path !~ '^//' and length(path) <= 200),
  at timestamptz not null,
  read_at timestamptz, -- 既読
  -- The database's own clock: several processes watch for what is new.
  stored_at timestamptz not null default clock_timestamp(),
  foreign key (company_id, user_id) references administration.app_user (company_id, id)
);
create index message_of_user on notices.message (user_id, at desc, id desc);
create index message_unread on notices.message (user_id) where read_at is null;
create index message_by_storing on notices.message (stored_at);
create index message_by_day on notices.message (at);

alter table notices.message enable row level security;
create policy company on notices.message to madoguchi_company
  using (company_id = platform.current_company());
create policy bank on notices.message to madoguchi_bank using (true);
grant select, insert (id, company_id, user_id, kind, facts, path, at), update (read_at)
  on notices.message to madoguchi_company;
grant select, delete, insert (id, company_id, user_id, kind, facts, path, at)
  on notices.message to madoguchi_bank;
