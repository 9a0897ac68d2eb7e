-- Who has an appointment comes before who has none.
alter table visits add column appointment_at timestamptz;
comment on column visits.appointment_at is 'The hour for which it was booked; null: announced without an appointment.';
