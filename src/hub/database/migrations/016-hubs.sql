-- Several hubs on one database: which are there, who is connected to which, and which holds a built-in room.
create table hubs (
  id uuid primary key,
  address text,
  seen_at timestamptz not null default clock_timestamp()
);
comment on table hubs is 'Processes, not machines: a hub that starts again is another one. Whoever is not seen for some seconds is removed by the others, with all of its seats.';
comment on column hubs.address is 'host:port where the other hubs reach it; null: nowhere.';

create table terminal_seats (
  terminal_id uuid primary key references terminals on delete cascade,
  hub_id uuid not null references hubs on delete cascade,
  seat_id uuid not null
);
create index terminal_seats_hub on terminal_seats (hub_id);

create table counsellor_seats (
  seat_id uuid primary key,
  hub_id uuid not null references hubs on delete cascade,
  account_id uuid not null references accounts on delete cascade,
  body_id uuid not null references bodies on delete cascade,
  since timestamptz not null default clock_timestamp()
);
create index counsellor_seats_hub on counsellor_seats (hub_id);

create table room_homes (
  room text primary key,
  hub_id uuid not null references hubs on delete cascade
);
create index room_homes_hub on room_homes (hub_id);
