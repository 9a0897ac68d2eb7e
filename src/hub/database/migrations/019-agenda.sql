-- What each terminal's free screen announces: its next appointment, looked up at every change and never before now.
create index appointments_to_come on appointments (starts_at, terminal_id) where state = 'booked';
