-- One partition a month, by when they were received: a month that is over goes whole.
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

-- What of each day, without looking through it all; made anew every hour.
CREATE MATERIALIZED VIEW daily_stats AS
  SELECT day, door, kind, count(*) AS events, count(DISTINCT anonymous_id) AS ids
  FROM events GROUP BY day, door, kind;
CREATE UNIQUE INDEX daily_stats_once ON daily_stats (day, door, kind);
