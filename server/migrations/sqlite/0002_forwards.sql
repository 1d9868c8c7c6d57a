-- What is still to be forwarded: one row for each destination and each thing that came in once.
CREATE TABLE forwards (
  target TEXT NOT NULL,
  seen TEXT NOT NULL,
  received INTEGER NOT NULL,
  due INTEGER NOT NULL,
  tries INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (target, seen)
) STRICT, WITHOUT ROWID;
CREATE INDEX forwards_by_due ON forwards (target, due);
CREATE INDEX forwards_by_seen ON forwards (seen);
