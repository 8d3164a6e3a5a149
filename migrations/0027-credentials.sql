-- The life of what calls on behalf of an account are made with: when it ends, when it is renewed, how that went.
ALTER TABLE connection
  -- From then on nothing renews it without a person, as far as the network says so.
  ADD COLUMN ends_at timestamptz,
  -- When it is renewed next, or looked at because it has ended; null: never.
  ADD COLUMN renew_at timestamptz,
  ADD COLUMN refreshed_at timestamptz,
  -- Renewing has failed since then, so often, the last time for this (the kind of the fault). Null: it works.
  ADD COLUMN renewal_failed_since timestamptz,
  ADD COLUMN renewal_failures int NOT NULL DEFAULT 0 CHECK (renewal_failures >= 0),
  ADD COLUMN renewal_fault text,
  -- The network will not renew it any more, or it has ended: calls that still work do not make it whole.
  ADD COLUMN refused_at timestamptz,
  ADD CONSTRAINT connection_renewal CHECK ((renewal_failed_since IS NULL) = (renewal_failures = 0));
GRANT SELECT (renew_at, refused_at) ON connection TO {{across}};
CREATE INDEX connection_renewal_due ON connection (renew_at) WHERE renew_at IS NOT NULL;

-- What is connected already is renewed when it would have ended; from then on its end is known. What has ended already is
-- spread over half an hour, so that no server is asked for all of it at once.
UPDATE connection SET renew_at = greatest(expires_at, clock.now() + random() * interval '30 minutes')
WHERE credential IS NOT NULL AND expires_at IS NOT NULL;

-- A link by which the owner of a channel's account, who has no seat here, signs in to the network again. Good once, for
-- this account alone.
CREATE TABLE reconnect_link (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  channel_id uuid NOT NULL,
  -- SHA-256 of the token in the link; the token itself is only in the link.
  token_hash text NOT NULL CHECK (token_hash ~ '^[0-9a-f]{64}$'),
  -- The account that alone may be connected by it, as it was when the link was made.
  remote_id text NOT NULL,
  handle text NOT NULL,
  server text,
  made_by text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT clock.now(),
  expires_at timestamptz NOT NULL,
  used_at timestamptz,
  withdrawn_at timestamptz,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, channel_id) REFERENCES channel (workspace_id, id) ON DELETE CASCADE,
  CHECK (used_at IS NULL OR withdrawn_at IS NULL)
);
CREATE INDEX reconnect_link_of ON reconnect_link (workspace_id, channel_id, created_at DESC, id DESC);
SELECT house.guard('reconnect_link');

-- Directory: which workspace and link a token opens, before a workspace is known.
CREATE TABLE directory_reconnect_link (
  token_hash text PRIMARY KEY,
  workspace_id uuid NOT NULL,
  reconnect_link_id uuid NOT NULL,
  FOREIGN KEY (workspace_id, reconnect_link_id) REFERENCES reconnect_link (workspace_id, id) ON DELETE CASCADE
);
CREATE INDEX directory_reconnect_link_by_link ON directory_reconnect_link (workspace_id, reconnect_link_id);
SELECT house.guard('directory_reconnect_link');
SELECT house.open_across('directory_reconnect_link', 'token_hash, workspace_id, reconnect_link_id');
