-- Appointments. "uuid =" beside "range &&" in one constraint needs btree_gist: trusted since PostgreSQL 13, so that the
-- database's owner may create it; PGlite carries it.
create extension if not exists btree_gist;

alter table mairies add column time_zone text not null default 'Europe/Paris';
comment on column mairies.time_zone is 'IANA name. Opening hours and closures are meant by the clock on this mairie''s wall.';

create table appointment_lengths (
  body_id uuid primary key references bodies on delete cascade,
  minutes int not null check (minutes between 10 and 240)
);
comment on table appointment_lengths is 'Where a body has no row, 30 minutes.';

-- Whom a slot may be booked with.
create index accounts_counsellors on accounts (body_id) where role = 'counsellor';

-- Opening hours: breaks are what lies between two of a day.
create table opening_hours (
  body_id uuid references bodies on delete cascade,
  terminal_id uuid references terminals on delete cascade,
  counsellor_id uuid references accounts on delete cascade,
  weekday int not null check (weekday between 1 and 7),
  open_minute int not null check (open_minute between 0 and 1439),
  close_minute int not null check (close_minute between 0 and 1439),
  constraint opening_hours_one_owner check (num_nonnulls(body_id, terminal_id, counsellor_id) = 1),
  constraint opening_hours_forward check (open_minute < close_minute),
  constraint opening_hours_body_once
    exclude using gist (body_id with =, weekday with =, int4range(open_minute, close_minute) with &&),
  constraint opening_hours_terminal_once
    exclude using gist (terminal_id with =, weekday with =, int4range(open_minute, close_minute) with &&),
  constraint opening_hours_counsellor_once
    exclude using gist (counsellor_id with =, weekday with =, int4range(open_minute, close_minute) with &&)
);
comment on column opening_hours.weekday is '1 is Monday, 7 is Sunday (ISO 8601).';
create index opening_hours_body on opening_hours (body_id);
create index opening_hours_terminal on opening_hours (terminal_id);
create index opening_hours_counsellor on opening_hours (counsellor_id);

create table closures (
  body_id uuid references bodies on delete cascade,
  mairie_id uuid references mairies on delete cascade,
  counsellor_id uuid references accounts on delete cascade,
  first_day date not null,
  last_day date not null,
  constraint closures_one_owner check (num_nonnulls(body_id, mairie_id, counsellor_id) = 1),
  constraint closures_forward check (first_day <= last_day)
);
create index closures_body on closures (body_id, last_day);
create index closures_mairie on closures (mairie_id, last_day);
create index closures_counsellor on closures (counsellor_id, last_day);

create table appointments (
  id uuid primary key,
  terminal_id uuid not null references terminals,
  body_id uuid not null references bodies,
  counsellor_id uuid not null references accounts,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  state text not null check (state in ('booked', 'cancelled', 'missed', 'kept')),
  sealed bytea,
  booked_by uuid not null references accounts,
  booked_at timestamptz not null,
  constraint appointments_forward check (starts_at < ends_at),
  constraint appointments_one_a_terminal
    exclude using gist (terminal_id with =, tstzrange(starts_at, ends_at) with &&) where (state = 'booked'),
  constraint appointments_one_a_counsellor
    exclude using gist (counsellor_id with =, tstzrange(starts_at, ends_at) with &&) where (state = 'booked')
);
comment on column appointments.sealed is
  'Name, motive, and how to reach the resident, encrypted with a key that is not in this database; removed with the appointment''s end.';
create index appointments_terminal on appointments (terminal_id, starts_at);
create index appointments_counsellor on appointments (counsellor_id, starts_at);
create index appointments_to_forget on appointments (ends_at) where sealed is not null;

create table calendar_feeds (
  token_hash text primary key,
  terminal_id uuid references terminals on delete cascade,
  counsellor_id uuid references accounts on delete cascade,
  constraint calendar_feeds_one_owner check (num_nonnulls(terminal_id, counsellor_id) = 1),
  constraint calendar_feeds_one_a_terminal unique (terminal_id),
  constraint calendar_feeds_one_a_counsellor unique (counsellor_id)
);
comment on column calendar_feeds.token_hash is 'SHA-256 of 256 random bits: the address itself is kept nowhere.';
