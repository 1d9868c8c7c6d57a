-- Instead of 0002_events.sql where TimescaleDB is installed: chunks of thirty days. Never tried by the tests.
CREATE EXTENSION IF NOT EXISTS timescaledb;
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
);
SELECT create_hypertable('events', 'received', chunk_time_interval => CAST(2592000000 AS bigint));
CREATE INDEX events_by_seen ON events (seen);
CREATE INDEX events_by_day ON events (day, door);
CREATE INDEX events_by_anonymous_id ON events (anonymous_id);

-- What of each day, without looking through it all; made anew every hour.
CREATE MATERIALIZED VIEW daily_stats AS
  SELECT day, door, kind, count(*) AS events, count(DISTINCT anonymous_id) AS ids
  FROM events GROUP BY day, door, kind;
CREATE UNIQUE INDEX daily_stats_once ON daily_stats (day, door, kind);
