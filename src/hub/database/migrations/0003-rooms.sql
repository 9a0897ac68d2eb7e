-- Where a visit's call is made once that is not the first choice any more, and what is kept from the other side.
alter table visits add column deployment text;
alter table visits add column quiet jsonb not null
  default '{"counsellorSound": false, "counsellorPicture": false, "residentSound": false, "residentPicture": false, "privateBy": null}';
