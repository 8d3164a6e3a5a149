-- When the history began that the database has now, after a restore or a fail-over; null while it is its first one.
-- Whatever was on its way before that is not sent again by itself.
ALTER TABLE installation ADD COLUMN history_at timestamptz;

-- How the last backups of this installation went.
CREATE TABLE backup_standing (
  only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
  -- The last one that was written, read back and found whole.
  made_at timestamptz,
  place text,
  size_bytes bigint,
  holds_media boolean,
  -- The last one that failed, unless a later one was made.
  failed_at timestamptz,
  said text,
  CHECK ((made_at IS NULL) = (place IS NULL) AND (failed_at IS NULL) = (said IS NULL))
);
GRANT SELECT, INSERT, UPDATE ON backup_standing TO {{app}};
