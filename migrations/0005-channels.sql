CREATE TABLE channel (
  workspace_id uuid NOT NULL REFERENCES workspace (id) ON DELETE CASCADE,
  id uuid NOT NULL,
  network text NOT NULL,
  name text NOT NULL,
  handle text NOT NULL DEFAULT '',
  address text,
  purpose text NOT NULL DEFAULT '',
  owner_id text,
  cadence_per_week numeric CHECK (cadence_per_week >= 0),
  language text,
  state text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'dormant', 'duplicate', 'orphaned', 'lost')),
  next_due_at timestamptz,
  revision int NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT clock.now(),
  archived_at timestamptz,
  PRIMARY KEY (workspace_id, id)
);
SELECT house.guard('channel');
SELECT house.open_across('channel', 'workspace_id, id, network, archived_at');

-- The credentials by which Goalpost acts on a channel, sealed.
CREATE TABLE connection (
  workspace_id uuid NOT NULL,
  channel_id uuid NOT NULL,
  remote_id text NOT NULL,
  handle text NOT NULL,
  name text NOT NULL,
  address text NOT NULL,
  server text,
  -- Null for the own page, which needs none.
  credential text,
  scopes text[] NOT NULL DEFAULT '{}',
  state text NOT NULL CHECK (state IN ('connected', 'credential-rejected', 'permission-missing')),
  missing text,
  -- Rises with each new credential: a refresher that read an older one writes nothing.
  generation int NOT NULL DEFAULT 1,
  expires_at timestamptz,
  connected_at timestamptz NOT NULL DEFAULT clock.now(),
  worked_at timestamptz,
  PRIMARY KEY (workspace_id, channel_id),
  FOREIGN KEY (workspace_id, channel_id) REFERENCES channel (workspace_id, id) ON DELETE CASCADE
);
SELECT house.guard('connection');
SELECT house.open_across('connection', 'workspace_id, channel_id, state');
-- One account of a network is one channel of a workspace.
CREATE UNIQUE INDEX connection_account ON connection (workspace_id, remote_id);
