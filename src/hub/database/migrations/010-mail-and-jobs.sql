create table jobs (
  kind text not null,
  subject uuid not null,
  due_at timestamptz not null,
  tries int not null default 0,
  primary key (kind, subject)
);
comment on table jobs is 'What is to be done once, at its time, by whichever hub looks first.';
create index jobs_due on jobs (due_at);

create table mails (
  id uuid primary key,
  about uuid,
  sealed bytea,
  queued_at timestamptz not null,
  due_at timestamptz,
  tries int not null default 0,
  gave_up_at timestamptz,
  refused_with text,
  constraint mails_waiting check ((due_at is null) = (gave_up_at is not null) and (sealed is null) = (due_at is null))
);
comment on column mails.sealed is 'Address, subject and text, encrypted with a key that is not in this database; gone with the sending.';
comment on column mails.due_at is 'While a hub is sending it, this is when another may try.';
create index mails_due on mails (due_at) where due_at is not null;
create index mails_about on mails (about) where about is not null;
create index mails_given_up on mails (gave_up_at) where gave_up_at is not null;
