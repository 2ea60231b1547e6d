-- 電子証明書方式: which certificate a session began with, so that its revocation ends the session.
alter table identity.session add column certificate_id uuid;

-- 変更後の注意期間 after a certificate was issued anew or a token registered (cool-downs.ts).
create table identity.cool_down (
  user_id uuid not null references administration.app_user (id),
  company_id uuid not null references administration.company (id),
  cause text not null check (cause in ('certificate-issued', 'token-registered')),
  began_at timestamptz not null,
  until timestamptz not null check (until > began_at)
);
create index on identity.cool_down (user_id, until);
alter table identity.cool_down enable row level security;
create policy company on identity.cool_down to madoguchi_company
  using (company_id = platform.current_company());
create policy bank on identity.cool_down to madoguchi_bank using (true);
grant select, insert on identity.cool_down to madoguchi_company, madoguchi_bank;
