-- Under which name limits are kept for the account of a connection: the same whoever connected it.
ALTER TABLE connection ADD COLUMN limit_account text GENERATED ALWAYS AS (md5(coalesce(server, '') || ' ' || remote_id)) STORED;
GRANT SELECT (server, limit_account) ON connection TO {{across}};

-- How many posts the account says it may publish in the time that its network's manifest names; null: it says nothing.
ALTER TABLE connection ADD COLUMN quota_max int CHECK (quota_max >= 1);

-- What is left of networks' limits. A limit is a network's with all who call it from here, so it is of no workspace: of
-- our app or our machine at one server (`subject` is the server), or of one account (its `limit_account`). A row with
-- `per_ms` 0 is no budget: there the network said that it wants no calls for a while.
CREATE TABLE limit_bucket (
  network text NOT NULL,
  scope text NOT NULL CHECK (scope IN ('app', 'account', 'server')),
  subject text NOT NULL,
  operation text NOT NULL CHECK (operation IN ('publish', 'upload', 'read', 'any')),
  per_ms bigint NOT NULL CHECK (per_ms >= 0),
  tokens double precision NOT NULL DEFAULT 0,
  reckoned_at timestamptz NOT NULL DEFAULT clock.now(),
  -- Nothing of its scope is begun before this.
  closed_until timestamptz,
  -- The workspace that was given the last token: the next round begins behind it.
  served_last uuid,
  PRIMARY KEY (network, scope, subject, operation, per_ms)
);
CREATE INDEX limit_bucket_closed ON limit_bucket (network, scope, subject) WHERE closed_until IS NOT NULL;
GRANT SELECT, INSERT, UPDATE, DELETE ON limit_bucket TO {{app}};
GRANT SELECT, INSERT, UPDATE, DELETE ON limit_bucket TO {{across}};
