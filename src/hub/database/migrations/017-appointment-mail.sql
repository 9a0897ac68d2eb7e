-- Programs that hold a resident's appointment tell a newer version of it by its number (RFC 5545, 3.8.7.4).
alter table appointments add column sequence int not null default 0;
comment on column appointments.sequence is 'How often it was moved or cancelled.';
