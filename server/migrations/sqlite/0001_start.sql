-- What counts once: a batch of daily reports, or an event of another protocol. `intake` is the request that brought
-- it, so that the statements after an insert know which rows are their own.
CREATE TABLE seen (
  id TEXT PRIMARY KEY,
  door TEXT NOT NULL,
  sha256 TEXT,
  secret_hash TEXT,
  received INTEGER NOT NULL,
  intake INTEGER NOT NULL,
  duplicates INTEGER NOT NULL DEFAULT 0,
  last_seen INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX seen_by_received ON seen (received);

CREATE TABLE events (
  seen TEXT NOT NULL,
  position INTEGER NOT NULL,
  door TEXT NOT NULL,
  kind TEXT NOT NULL,
  anonymous_id TEXT,
  day TEXT NOT NULL,
  at INTEGER,
  received INTEGER NOT NULL,
  network TEXT,
  os TEXT,
  version TEXT,
  body TEXT NOT NULL
) STRICT;
CREATE INDEX events_by_seen ON events (seen);
CREATE INDEX events_by_day ON events (day, door);
CREATE INDEX events_by_anonymous_id ON events (anonymous_id);

-- One row a limit and window. The check is the limit: an insert that would go over it undoes its whole transaction.
CREATE TABLE limits (
  name TEXT NOT NULL,
  ends INTEGER NOT NULL,
  used INTEGER NOT NULL,
  most INTEGER NOT NULL,
  PRIMARY KEY (name, ends),
  CONSTRAINT within_limit CHECK (used <= most)
) STRICT, WITHOUT ROWID;

-- Kept longer than what they deleted, so that neither a copy that comes later nor a restored backup brings it back.
CREATE TABLE deletions (
  id TEXT NOT NULL,
  secret_hash TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (id, secret_hash)
) STRICT, WITHOUT ROWID;

-- What happened, by day and door, without anybody in it.
CREATE TABLE totals (
  day TEXT NOT NULL,
  door TEXT NOT NULL,
  what TEXT NOT NULL,
  n INTEGER NOT NULL,
  last_seen INTEGER NOT NULL,
  PRIMARY KEY (day, door, what)
) STRICT, WITHOUT ROWID;

-- Made from the rest: the published trends.
CREATE TABLE documents (
  name TEXT PRIMARY KEY,
  made INTEGER NOT NULL,
  body TEXT NOT NULL
) STRICT, WITHOUT ROWID;
