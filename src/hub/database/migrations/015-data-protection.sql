-- The audit trail as a chain. Rows of a hub of the version before have no seal; those written before the chain began are
-- known by their position.
alter table audit add column seal bytea;
alter table audit add column link bigint;
alter table audit add column chain bytea;
comment on column audit.seal is 'Keyed hash (HMAC-SHA256) of the entry; its key is not in this database.';
comment on column audit.chain is 'Keyed hash of the link before and of this entry''s seal.';
create unique index audit_links on audit (link);
create index audit_unlinked on audit (position) where link is null;

create table audit_base (
  one boolean primary key default true check (one),
  link bigint not null,
  chain bytea not null,
  first_position bigint not null,
  seal bytea not null
);
comment on table audit_base is 'What the first kept link follows: the last one that was removed for its age, or the beginning.';

-- What was removed: one line for each kind and hour.
create table purge_runs (
  kind text not null,
  hour timestamptz not null,
  last_at timestamptz not null,
  runs int not null,
  removed bigint not null,
  oldest timestamptz,
  primary key (kind, hour)
);
comment on column purge_runs.oldest is 'Of what was left after the last run of the hour.';

-- What the clerk announced, where a hub is told to keep it for a while after the visit.
alter table past_visits add column sealed bytea;
comment on column past_visits.sealed is 'As visits.sealed. Null by default: nothing is kept after the visit.';
create index past_visits_to_forget on past_visits (ended_at) where sealed is not null;
-- The oldest that is left is looked for at each run.
create index visits_waiting on visits (announced_at) where stage = 'queued';
