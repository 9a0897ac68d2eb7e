-- What a counsellor knows best: motives of the own body, in the body's words. None: whatever comes.
alter table accounts add column skills text[] not null default '{}';
comment on column accounts.skills is 'Of a counsellor: the motives of the body that are shown to the colleagues as this one''s.';
