-- Which pepper the passwords of this database were made with, as a MAC under it: a process with
-- other keys would take every right password for a wrong one, and count it.
create table identity.pepper_check (
  the_only_row boolean primary key default true check (the_only_row),
  mac bytea not null check (length(mac) = 32)
);
alter table identity.pepper_check enable row level security;
create policy bank on identity.pepper_check to madoguchi_bank using (true);
grant select, insert on identity.pepper_check to madoguchi_bank;
