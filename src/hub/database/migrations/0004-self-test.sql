-- The latest self-test of camera, microphone and loudspeaker; older ones are not kept.
alter table terminals add column last_self_test jsonb;
