-- As in ../sqlite.
CREATE TABLE forwards (
  target text NOT NULL,
  seen text NOT NULL,
  received bigint NOT NULL,
  due bigint NOT NULL,
  tries bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (target, seen)
);
CREATE INDEX forwards_by_due ON forwards (target, due);
CREATE INDEX forwards_by_seen ON forwards (seen);
