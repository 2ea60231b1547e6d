-- 認証局: the certificates of the built-in authority itself. Their keys are in the vault. Made once:
-- of processes that start together the first one wins.
create schema certificate_authority;
grant usage on schema certificate_authority to madoguchi_bank;

create table certificate_authority.own_certificate (
  issuer text primary key check (issuer in ('root', 'issuing')),
  der bytea not null,
  made_at timestamptz not null
);
alter table certificate_authority.own_certificate enable row level security;
create policy bank on certificate_authority.own_certificate to madoguchi_bank using (true);
grant select, insert on certificate_authority.own_certificate to madoguchi_bank;
