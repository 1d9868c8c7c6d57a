-- As in ../sqlite, where each table is explained. Events lie in one partition a month, by when they were received.
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

CREATE TABLE events (
  seen text NOT NULL,
  position bigint NOT NULL,
  door text NOT NULL,
  kind text NOT NULL,
  anonymous_id text,
  day text NOT NULL,
  at bigint,
  received bigint NOT NULL,
  network text,
  os text,
  version text,
  body json NOT NULL
) PARTITION BY RANGE (received);
CREATE TABLE events_of_other_months PARTITION OF events DEFAULT;
CREATE INDEX events_by_seen ON events (seen);
CREATE INDEX events_by_day ON events (day, door);
CREATE INDEX events_by_anonymous_id ON events (anonymous_id);

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

CREATE MATERIALIZED VIEW daily_stats AS
  SELECT day, door, kind, count(*) AS events, count(DISTINCT anonymous_id) AS ids
  FROM events GROUP BY day, door, kind;
CREATE UNIQUE INDEX daily_stats_once ON daily_stats (day, door, kind);
