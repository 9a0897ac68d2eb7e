-- Counting. Nothing here names a person, a visit, an account, a day or an hour (src/hub/counting/count-visit.ts says why).
alter table mairies add column latitude double precision, add column longitude double precision;
alter table mairies add constraint mairies_place check (
  (latitude is null) = (longitude is null) and latitude between -90 and 90 and longitude between -180 and 180
);
alter table bodies add column latitude double precision, add column longitude double precision;
alter table bodies add constraint bodies_place check (
  (latitude is null) = (longitude is null) and latitude between -90 and 90 and longitude between -180 and 180
);
comment on column bodies.latitude is 'Of the office to which a resident would have gone. Degrees (WGS 84).';
comment on column mairies.latitude is 'Degrees (WGS 84).';

create table counted_visits (
  week date not null check (extract(isodow from week) = 1),
  mairie_id uuid not null references mairies,
  body_id uuid not null references bodies,
  motive text,
  outcome text not null,
  wait_minutes int,
  talk_minutes int,
  printed_pages int not null,
  scanned_pages int not null
);
comment on column counted_visits.week is 'Its Monday, by the clock on the mairie''s wall.';
comment on column counted_visits.motive is 'Only where it was, word for word, on the body''s own list.';
create index counted_visits_mairie on counted_visits (mairie_id, week);
create index counted_visits_body on counted_visits (body_id, week);

-- What residents said of it afterwards: a table of its own, so that no word belongs to a visit.
create table counted_words (
  week date not null check (extract(isodow from week) = 1),
  mairie_id uuid not null references mairies,
  body_id uuid not null references bodies,
  word text not null check (word in ('yes', 'partly', 'no'))
);
create index counted_words_mairie on counted_words (mairie_id, week);
create index counted_words_body on counted_words (body_id, week);

-- That a word was given, and not which: nobody is asked twice.
alter table past_visits add column word_given boolean not null default false;
create index past_visits_terminal on past_visits (terminal_id, ended_at);
