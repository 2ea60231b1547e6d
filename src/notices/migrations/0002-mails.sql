-- メール: the outbox. A mail is queued in the transaction of what it tells about, and sent later.
create table notices.mail (
  id uuid primary key, -- the Message-ID is made of it
  company_id uuid not null references administration.company (id),
  user_id uuid, -- to whom; null: to an address that is no user's
  to_address text not null check (length(to_address) between 1 and 254),
  language text not null check (language in ('ja', 'en')),
  template text not null check (template ~ '^[a-z][a-z-]{1,49}$'),
  facts jsonb not null check (jsonb_typeof(facts) = 'object'), -- no amount, no secret
  state text not null default 'waiting' check (state in ('waiting', 'sent', 'given-up')),
  attempts integer not null default 0 check (attempts >= 0),
  next_try_at timestamptz, -- while a worker is at it: when its lease ends
  last_error text check (length(last_error) <= 100), -- a name or a code, never an address
  created_at timestamptz not null,
  sent_at timestamptz,
  foreign key (company_id, user_id) references administration.app_user (company_id, id),
  check ((state = 'waiting') = (next_try_at is not null)),
  check ((state = 'sent') = (sent_at is not null)),
  check (state <> 'given-up' or last_error is not null)
);
create index mail_due on notices.mail (next_try_at, id) where state = 'waiting';
create index mail_ended on notices.mail (created_at) where state <> 'waiting';

alter table notices.mail enable row level security;
create policy company on notices.mail to madoguchi_company
  using (company_id = platform.current_company());
create policy bank on notices.mail to madoguchi_bank using (true);

-- A company queues, and reads none: its users' addresses are not each other's business.
grant insert (id, company_id, user_id, to_address, language, template, facts, next_try_at, created_at)
  on notices.mail to madoguchi_company;
grant select, delete,
  insert (id, company_id, user_id, to_address, language, template, facts, next_try_at, created_at),
  update (state, attempts, next_try_at, last_error, sent_at)
  on notices.mail to madoguchi_bank;
