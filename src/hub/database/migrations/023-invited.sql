-- A colleague or an interpreter whom the counsellor asked into the call. Goes with the visit, or when another takes it.
alter table visits
  add column sealed_invited bytea,
  add column invited_account_id uuid references accounts (id) on delete set null,
  add column invited_token_hash text unique,
  add column invited_ticket_at timestamptz;
comment on column visits.sealed_invited is 'Name as the others read it, sealed. Null: nobody is invited.';
comment on column visits.invited_account_id is 'A colleague comes by the own account. Null: by a link.';
comment on column visits.invited_token_hash is 'SHA-256 of the link''s token, base64url: the token itself never comes here.';
comment on column visits.invited_ticket_at is 'When a ticket of the room was given out last: whoever has one is put out by another room.';
create index visits_invited_account on visits (invited_account_id) where invited_account_id is not null;
