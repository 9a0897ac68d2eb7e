-- A visit that a counsellor hands over waits again, for a colleague where one is named; what was waited before counts.
alter table visits add column wanted_counsellor_id uuid references accounts on delete set null;
alter table visits add column first_picked_up_at timestamptz;
