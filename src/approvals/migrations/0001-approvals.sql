-- 承認: how a company approves, each 確定 with its route, the approvals given, and every move.
create schema approvals;
grant usage on schema approvals to madoguchi_company, madoguchi_bank;

create table approvals.policy ( -- 承認方式; no row: the bank's default
  company_id uuid not null references administration.company (id),
  business text not null,
  policy jsonb not null check (jsonb_typeof(policy) = 'object'),
  changed_at timestamptz not null,
  primary key (company_id, business)
);

create table approvals.approval ( -- one per 確定 (round) of an order
  id uuid primary key,
  company_id uuid not null references administration.company (id),
  order_id uuid not null,
  round integer not null check (round > 0),
  business text not null,
  requester uuid not null, -- 依頼者
  requester_token text, -- serial of the requester's device at 確定
  summary jsonb not null check (jsonb_typeof(summary) = 'object'),
  comment text not null check (length(comment) <= 120),
  route jsonb not null check (jsonb_typeof(route -> 'steps') = 'array'), -- fixed at 確定
  digest text not null check (digest ~ '^[0-9a-f]{64}$'), -- 照合値, SHA-256
  submitted_at timestamptz not null,
  deadline timestamptz not null, -- 承認期限
  state text not null check (state in ('awaiting', 'approved', 'recalled', 'sent-back', 'withdrawn',
    'failed', 'deleted', 'expired')),
  approved_at timestamptz, -- the last approval
  ended_at timestamptz,
  ended_by uuid, -- null: the clock
  reason text check (length(reason) <= 200),
  reason_facts jsonb,
  reminded_at timestamptz,
  foreign key (company_id, requester) references administration.app_user (company_id, id),
  foreign key (company_id, ended_by) references administration.app_user (company_id, id),
  unique (company_id, id),
  unique (order_id, round),
  check ((state = 'awaiting') <= (approved_at is null)),
  check ((state in ('approved', 'withdrawn')) = (approved_at is not null)),
  check ((state in ('awaiting', 'approved')) = (ended_at is null)),
  check ((state in ('awaiting', 'approved', 'expired')) = (ended_by is null)),
  check ((state = 'failed') = (reason_facts is not null)),
  check ((state = 'failed') <= (reason is not null)),
  check ((state = 'sent-back') <= (coalesce(length(reason), 0) > 0))
);
create unique index one_live_round on approvals.approval (order_id)
  where state in ('awaiting', 'approved');
create index on approvals.approval (company_id, state, deadline);
create index awaiting_by_deadline on approvals.approval (deadline) where state = 'awaiting';

create table approvals.mark ( -- one approval that was given
  company_id uuid not null,
  approval_id uuid not null,
  user_id uuid not null,
  at timestamptz not null,
  challenge_id uuid not null,
  token_serial text not null,
  primary key (approval_id, user_id), -- nobody approves twice
  foreign key (company_id, approval_id) references approvals.approval (company_id, id),
  foreign key (company_id, user_id) references administration.app_user (company_id, id)
);

create table approvals.move ( -- append-only
  id bigint generated always as identity primary key,
  company_id uuid not null,
  approval_id uuid not null,
  move text not null check (move in ('submit', 'approve', 'recall', 'send-back', 'withdraw', 'fail',
    'delete', 'expire')),
  by_user uuid, -- null: the clock
  at timestamptz not null,
  comment text not null check (length(comment) <= 200),
  foreign key (company_id, approval_id) references approvals.approval (company_id, id),
  check ((move = 'expire') = (by_user is null))
);
create index on approvals.move (approval_id, id);

do $$
declare name text;
begin
  foreach name in array array['policy', 'approval', 'mark', 'move']
  loop
    execute format('alter table approvals.%I enable row level security', name);
    execute format('create policy company on approvals.%I to madoguchi_company
      using (company_id = platform.current_company())', name);
    execute format('create policy bank on approvals.%I to madoguchi_bank using (true)', name);
  end loop;
end $$;

grant select on approvals.policy to madoguchi_company;
grant select, insert, update on approvals.policy to madoguchi_bank;
grant select, insert, update (state, approved_at, ended_at, ended_by, reason, reason_facts,
  reminded_at) on approvals.approval to madoguchi_company;
grant select on approvals.approval to madoguchi_bank;
grant select, insert on approvals.mark, approvals.move to madoguchi_company;
grant select on approvals.mark, approvals.move to madoguchi_bank;
