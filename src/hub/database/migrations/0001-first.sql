-- Who is who
create table territories (
  id uuid primary key,
  name text not null
);
comment on table territories is 'A group of communes that shares its operators.';

create table mairies (
  id uuid primary key,
  territory_id uuid not null references territories,
  name text not null
);

create table bodies (
  id uuid primary key,
  name text not null,
  motives text[] not null
);

create table accounts (
  id uuid primary key,
  email text not null check (email = lower(email)),
  name text not null,
  role text not null check (role in ('clerk', 'counsellor', 'operator')),
  password_hash text not null,
  mairie_id uuid references mairies,
  body_id uuid references bodies,
  territory_id uuid references territories,
  constraint accounts_email unique (email),
  constraint accounts_scope check (
    (role = 'clerk') = (mairie_id is not null)
    and (role = 'counsellor') = (body_id is not null)
    and (role = 'operator') = (territory_id is not null)
  )
);

create table sessions (
  id_hash text primary key,
  account_id uuid not null references accounts on delete cascade,
  data jsonb not null,
  expires_at timestamptz not null
);
create index sessions_expiry on sessions (expires_at);

create table attempts (
  subject text primary key,
  count int not null,
  since timestamptz not null
);
comment on column attempts.subject is 'Keyed hash of an account and address: neither can be read here.';

-- Terminals
create table terminals (
  id uuid primary key,
  mairie_id uuid not null references mairies,
  name text not null,
  public_key text not null,
  enrolled_at timestamptz not null,
  last_contact timestamptz,
  report jsonb,
  last_wipe jsonb
);
create index terminals_mairie on terminals (mairie_id);

create table enrolment_codes (
  code_hash text primary key,
  mairie_id uuid not null references mairies,
  terminal_name text not null,
  expires_at timestamptz not null,
  used_at timestamptz
);

-- Visits under way. The row is deleted at the end; past_visits keeps what is counted.
create table visits (
  id uuid primary key,
  terminal_id uuid not null references terminals,
  body_id uuid not null references bodies,
  stage text not null check (stage in ('queued', 'inCall')),
  sealed bytea not null,
  show_name boolean not null,
  resident_present boolean not null default true,
  announced_at timestamptz not null,
  picked_up_at timestamptz,
  counsellor_id uuid references accounts,
  room text,
  constraint visits_one_a_terminal unique (terminal_id),
  constraint visits_one_a_counsellor unique (counsellor_id),
  constraint visits_in_call check (
    (stage = 'inCall') = (counsellor_id is not null and room is not null and picked_up_at is not null)
  )
);
comment on column visits.sealed is 'Name and motive, encrypted with a key that is not in this database.';
create index visits_queue on visits (body_id, announced_at);

create table past_visits (
  id uuid primary key,
  terminal_id uuid not null references terminals,
  body_id uuid not null references bodies,
  announced_at timestamptz not null,
  picked_up_at timestamptz,
  ended_at timestamptz not null,
  reason text not null
);

create table orders (
  id uuid primary key,
  position bigint generated always as identity,
  visit_id uuid not null references visits on delete cascade,
  request jsonb not null,
  status jsonb not null,
  created_at timestamptz not null,
  deadline timestamptz not null
);
create index orders_visit on orders (visit_id, position);

create table forms (
  id uuid primary key,
  body_id uuid not null references bodies,
  name text not null,
  content bytea not null
);
create index forms_body on forms (body_id);

create table audit (
  position bigint generated always as identity primary key,
  at timestamptz not null,
  actor text not null,
  action text not null,
  subject text,
  outcome text not null
);
