-- How long a body's last visits took, for how long the next will wait.
create index past_visits_body on past_visits (body_id, ended_at desc);
