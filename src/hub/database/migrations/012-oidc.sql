-- Log-in through an OpenID Connect provider (ProConnect). Nobody comes in by it whose organisation is not written here.
alter table territories add column siret text check (siret ~ '^[0-9]{14}$');
alter table mairies add column siret text check (siret ~ '^[0-9]{14}$');
alter table bodies add column siret text check (siret ~ '^[0-9]{14}$');
alter table accounts add column siret text check (siret ~ '^[0-9]{14}$');
comment on column accounts.siret is
  'The employer, where it is not the account''s mairie, body or territory: a France services agent, an administrator.';

create table provider_accounts (
  issuer text not null,
  subject text not null,
  account_id uuid not null references accounts on delete cascade,
  linked_at timestamptz not null,
  primary key (issuer, subject),
  -- Whoever takes an e-mail address over at the provider does not become a second owner of the account.
  constraint provider_accounts_one_subject unique (account_id, issuer)
);
comment on table provider_accounts is 'Who somebody at the provider is here, since their first log-in: the e-mail address counts no more.';

create table spent_log_ins (
  state_hash text primary key,
  until timestamptz not null
);
comment on table spent_log_ins is 'Returns from the provider that were used: none is used twice, whichever hub it comes to.';
create index spent_log_ins_until on spent_log_ins (until);
