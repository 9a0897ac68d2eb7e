-- What is removed by its age is found by it.
create index audit_age on audit (at);
create index attempts_age on attempts (since);
