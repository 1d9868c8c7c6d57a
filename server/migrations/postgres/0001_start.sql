-- As in ../sqlite, where each table is explained; events stand in 0002.
CREATE TABLE seen (
  id text PRIMARY KEY,
  door text NOT NULL,
  sha256 text,
  secret_hash text,
  received bigint NOT NULL,
  intake bigint NOT NULL,
  duplicates bigint NOT NULL DEFAULT 0,
  last_seen bigint NOT NULL
);
CREATE INDEX seen_by_received ON seen (received);

CREATE TABLE limits (
  name text NOT NULL,
  ends bigint NOT NULL,
  used bigint NOT NULL,
  most bigint NOT NULL,
  PRIMARY KEY (name, ends),
  CONSTRAINT within_limit CHECK (used <= most)
);

CREATE TABLE deletions (
  id text NOT NULL,
  secret_hash text NOT NULL,
  at bigint NOT NULL,
  PRIMARY KEY (id, secret_hash)
);

CREATE TABLE totals (
  day text NOT NULL,
  door text NOT NULL,
  what text NOT NULL,
  n bigint NOT NULL,
  last_seen bigint NOT NULL,
  PRIMARY KEY (day, door, what)
);

CREATE TABLE documents (
  name text PRIMARY KEY,
  made bigint NOT NULL,
  body text NOT NULL
);
