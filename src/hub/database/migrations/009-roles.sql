-- Roles beside the first three: an agent (France services) for several mairies, a body's correspondent for written
-- questions, an administrator of the whole hub.
alter table accounts drop constraint accounts_role_check;
alter table accounts add constraint accounts_role_check
  check (role in ('clerk', 'agent', 'counsellor', 'correspondent', 'operator', 'administrator'));
alter table accounts drop constraint accounts_scope;
alter table accounts add constraint accounts_scope check (
  (role = 'clerk') = (mairie_id is not null)
  and (role in ('counsellor', 'correspondent')) = (body_id is not null)
  and (role = 'operator') = (territory_id is not null)
);

create table agent_mairies (
  account_id uuid not null references accounts on delete cascade,
  mairie_id uuid not null references mairies on delete cascade,
  primary key (account_id, mairie_id)
);
comment on table agent_mairies is 'Where an agent receives residents. An agent without a row sees nothing.';
create index agent_mairies_mairie on agent_mairies (mairie_id);
