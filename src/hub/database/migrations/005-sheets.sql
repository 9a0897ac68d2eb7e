-- Information sheets, written by bodies or imported. Both extensions are "trusted": the database's owner may create them.
create extension if not exists unaccent;
create extension if not exists pg_trgm;

create text search configuration sheets_french (copy = french);
alter text search configuration sheets_french
  alter mapping for asciiword, asciihword, hword_asciipart, hword, hword_part, word with unaccent, french_stem;
-- Whole words, to find the one that was meant.
create text search configuration sheets_words (copy = simple);
alter text search configuration sheets_words
  alter mapping for asciiword, asciihword, hword_asciipart, hword, hword_part, word with unaccent, simple;

create table sheets (
  id uuid primary key,
  body_id uuid references bodies,
  source_id text,
  source_hash text,
  source_address text,
  title text not null,
  summary text not null,
  content jsonb not null,
  -- What stands in the blocks, for the search alone.
  content_text text not null,
  author text not null,
  author_id uuid references accounts on delete set null,
  written_at timestamptz not null,
  review_on date,
  withdrawn_at timestamptz,
  head tsvector not null generated always as (
    setweight(to_tsvector('sheets_french', title), 'A') || setweight(to_tsvector('sheets_french', summary), 'B')
  ) stored,
  -- Without the places of words: a long sheet's would weigh more than its text.
  body tsvector not null generated always as (strip(to_tsvector('sheets_french', content_text))) stored,
  constraint sheets_source unique (source_id),
  constraint sheets_origin check (
    (body_id is null) = (source_id is not null)
    and (source_id is null) = (source_hash is null)
    and (source_id is null) = (source_address is null)
    and (body_id is null) = (review_on is null)
  )
);
create index sheets_head on sheets using gin (head) with (fastupdate = off) where withdrawn_at is null;
create index sheets_body on sheets using gin (body) with (fastupdate = off) where withdrawn_at is null;
create index sheets_recent on sheets (written_at desc) where withdrawn_at is null;
create index sheets_of_body on sheets (body_id, review_on) where withdrawn_at is null;

-- Every word of every sheet, without accents: what a misspelt one is compared with.
create table sheet_words (
  word text collate "C" primary key
);
create index sheet_words_alike on sheet_words using gin (word gin_trgm_ops) with (fastupdate = off);

create table favourite_sheets (
  mairie_id uuid not null references mairies on delete cascade,
  sheet_id uuid not null references sheets on delete cascade,
  primary key (mairie_id, sheet_id)
);
create index favourite_sheets_sheet on favourite_sheets (sheet_id);
