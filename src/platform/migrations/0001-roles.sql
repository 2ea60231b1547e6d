-- The roles of the house and the tenant wall's one function (design §5.7).
--
--   madoguchi_app      what the processes log in as; may do nothing by itself
--   madoguchi_company  taken for the work of one company; row-level security applies
--   madoguchi_bank     taken for the work of the bank itself
--   madoguchi_worker   taken for keeping the times of scheduled work; sees no table of the bank
--
-- Roles belong to the whole server, so another database may have made them already, perhaps at
-- this very moment.
do $$
declare
  wanted text;
begin
  foreach wanted in array
    array['madoguchi_app', 'madoguchi_company', 'madoguchi_bank', 'madoguchi_worker']
  loop
    begin
      if not exists (select from pg_roles where rolname = wanted) then
        execute format(
          'create role %I %s noinherit nosuperuser nocreatedb nocreaterole',
          wanted,
          case wanted when 'madoguchi_app' then 'login' else 'nologin' end
        );
      end if;
    exception
      when duplicate_object or unique_violation then null;
    end;
  end loop;
end
$$;

-- The application may take the working roles, and inherits nothing from them. An owner who
-- is not a superuser may take the application's role, for a server with one login only.
do $$
declare
  wanted record;
begin
  for wanted in
    select *
    from (
      values
        ('madoguchi_company', 'madoguchi_app'),
        ('madoguchi_bank', 'madoguchi_app'),
        ('madoguchi_worker', 'madoguchi_app'),
        ('madoguchi_app', current_user::text)
    ) as membership (role, member)
    where member = 'madoguchi_app'
      or not (select rolsuper from pg_roles where rolname = current_user)
  loop
    -- Two databases of one server may be granting at once: the second finds the row changed.
    for attempt in 1..20 loop
      begin
        if not exists (
          select
          from pg_auth_members m
          join pg_roles r on r.oid = m.roleid
          join pg_roles u on u.oid = m.member
          where r.rolname = wanted.role
            and u.rolname = wanted.member
            and (to_jsonb(m) ->> 'set_option') is distinct from 'false'
        ) then
          execute format('grant %I to %I', wanted.role, wanted.member);
        end if;
        exit;
      exception
        when unique_violation or internal_error then
          if attempt = 20 then raise; end if;
          perform pg_sleep(0.05);
      end;
    end loop;
  end loop;
end
$$;

-- The one who asks is the company set by the transaction, or nobody.
create function platform.current_company() returns uuid
language sql stable parallel safe
return nullif(current_setting('madoguchi.company_id', true), '')::uuid;

revoke all on function platform.current_company() from public;
grant usage on schema platform to madoguchi_company, madoguchi_bank;
grant execute on function platform.current_company() to madoguchi_company, madoguchi_bank;

-- Nobody makes tables or temporary tables in passing.
do $$
begin
  execute format('revoke create, temporary on database %I from public', current_database());
end
$$;
revoke create on schema public from public;
