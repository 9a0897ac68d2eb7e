-- What a body asks the clerk of a resident, beside the name: nothing by itself.
alter table bodies add column asked text[] not null default '{}';
alter table bodies add constraint bodies_asked
  check (asked <@ array['birthName', 'birthDate', 'address', 'telephone']);
comment on column visits.sealed is
  'Name, motive, what the body asked for, and which identity paper was seen, encrypted with a key that is not in this database.';
