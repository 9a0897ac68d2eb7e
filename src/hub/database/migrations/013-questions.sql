-- Written questions to a body's correspondents, answered within 72 hours by a clock that stands while the mairie is asked back.
create table questions (
  id uuid primary key,
  body_id uuid not null references bodies on delete cascade,
  mairie_id uuid not null references mairies on delete cascade,
  asked_by uuid references accounts on delete set null,
  asked_at timestamptz not null,
  changed_at timestamptz not null,
  state text not null check (state in ('waiting', 'askedBack', 'answered', 'closed')),
  round_began_at timestamptz not null,
  used_ms double precision not null,
  running_since timestamptz,
  due_at timestamptz,
  closed_at timestamptz,
  closed_by_time boolean not null default false,
  sealed bytea,
  constraint questions_clock check ((state = 'waiting') = (due_at is not null) and (due_at is null) = (running_since is null)),
  constraint questions_closed check ((state = 'closed') = (closed_at is not null))
);
comment on column questions.sealed is
  'Motive, name, and how to reach the resident, encrypted with a key that is not in this database; removed a month after closing.';
comment on column questions.used_ms is 'Of the 72 hours of this round, before running_since.';
create index questions_of_body on questions (body_id, due_at, changed_at desc) where state <> 'closed';
create index questions_of_mairie on questions (mairie_id, changed_at desc) where sealed is not null;
create index questions_to_forget on questions (closed_at) where sealed is not null;
create index questions_asked_by on questions (asked_by) where asked_by is not null;

create table question_entries (
  id uuid primary key,
  question_id uuid not null references questions on delete cascade,
  position int not null,
  kind text not null check (kind in ('question', 'reply', 'answer', 'askBack', 'appointment')),
  at timestamptz not null,
  sealed bytea not null,
  unique (question_id, position)
);
comment on column question_entries.sealed is 'Author and text, encrypted; the row goes with its question''s content.';

create table question_files (
  id uuid primary key,
  entry_id uuid references question_entries on delete cascade,
  account_id uuid not null references accounts on delete cascade,
  kind text not null check (kind in ('pdf', 'jpeg', 'png')),
  size int not null,
  sent_at timestamptz not null,
  sealed_name bytea not null,
  sealed bytea not null
);
create index question_files_of_entry on question_files (entry_id) where entry_id is not null;
create index question_files_loose on question_files (account_id, sent_at) where entry_id is null;
create index question_files_account on question_files (account_id);

create table question_rounds (
  question_id uuid not null references questions on delete cascade,
  body_id uuid not null references bodies on delete cascade,
  began_at timestamptz not null,
  ended_at timestamptz not null,
  body_ms double precision not null,
  answered boolean not null
);
comment on table question_rounds is
  'How long a body had to answer and how long it took, the mairie''s own time left out. Holds no content, and stays.';
create index question_rounds_question on question_rounds (question_id);
create index question_rounds_of_time on question_rounds (began_at, body_id);
create index questions_of_time on questions (round_began_at) where state in ('waiting', 'askedBack');

create table absences (
  account_id uuid primary key references accounts on delete cascade,
  first_day date not null,
  last_day date not null,
  deputy_id uuid references accounts on delete set null,
  constraint absences_forward check (first_day <= last_day),
  constraint absences_other check (deputy_id <> account_id)
);
comment on table absences is 'When a correspondent is away, and who answers written questions meanwhile.';
create index absences_deputy on absences (deputy_id) where deputy_id is not null;
create index accounts_correspondents on accounts (body_id) where role = 'correspondent';
