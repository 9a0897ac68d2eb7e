-- Passkeys (WebAuthn): a key pair on somebody's device in place of password and code. Only its public half is here.
create table passkeys (
  id uuid primary key,
  account_id uuid not null references accounts on delete cascade,
  credential_id text not null constraint passkeys_one_credential unique,
  public_key bytea not null,
  counter bigint not null,
  transports text[] not null,
  label text not null,
  added_at timestamptz not null,
  last_used_at timestamptz
);
comment on column passkeys.credential_id is 'base64url, as the authenticator made it up.';
comment on column passkeys.counter is 'Of the last signature; 0 for authenticators that do not count. Only ever rises.';
comment on column passkeys.transports is 'How the browser reaches the authenticator: told to it again where this one is not to be added twice.';
create index passkeys_account on passkeys (account_id);

create table passkey_challenges (
  holder_hash text primary key,
  challenge text not null,
  account_id uuid references accounts on delete cascade,
  expires_at timestamptz not null
);
comment on table passkey_challenges is 'What an authenticator is asked to sign, once: any hub may have asked, and any other may hear the answer.';
comment on column passkey_challenges.holder_hash is 'SHA-256 of what only the asking browser holds: the session''s id, or before a log-in the cookie made for it.';
comment on column passkey_challenges.account_id is 'Who adds a passkey; null: somebody logs in.';
create index passkey_challenges_expiry on passkey_challenges (expires_at);
