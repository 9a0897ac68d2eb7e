-- People as others invite, lock and remove them; links by which a password is set; second factors.
alter table bodies add column office text not null default '';
comment on column bodies.office is 'Where the body receives people itself, as plain text.';

alter table accounts add column standing text not null default 'active'
  check (standing in ('invited', 'active', 'locked', 'removed'));
comment on column accounts.standing is
  'Only an active account can log in. A removed one keeps its row, without name and address, for what still points to it.';
create index accounts_mairie on accounts (mairie_id) where mairie_id is not null;
create index mairies_territory on mairies (territory_id);
create index sessions_account on sessions (account_id);
create index appointments_booked on appointments (counsellor_id, ends_at) where state = 'booked';

create table account_links (
  token_hash text primary key,
  account_id uuid not null references accounts on delete cascade,
  expires_at timestamptz not null,
  constraint account_links_one_an_account unique (account_id)
);
comment on column account_links.token_hash is 'SHA-256 of 256 random bits: the link itself is kept nowhere.';
create index account_links_expiry on account_links (expires_at);

create table second_factors (
  account_id uuid primary key references accounts on delete cascade,
  sealed bytea not null,
  confirmed boolean not null default false,
  last_step int not null default 0
);
comment on column second_factors.sealed is 'The shared secret, encrypted with a key that is not in this database.';
comment on column second_factors.last_step is 'Step (30 s, RFC 6238) of the last code that was taken: a code is good once.';

create table recovery_codes (
  account_id uuid not null references second_factors on delete cascade,
  code_hash text not null,
  primary key (account_id, code_hash)
);
comment on column recovery_codes.code_hash is 'Keyed hash of 80 random bits. The row goes when the code is used.';
