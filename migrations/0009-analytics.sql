-- Figures. A subject is what a figure is of: one part of the ledger, or the channel itself where delivery_id is null.

-- Every look at a figure, as it was answered. Only added to; after 35 days what is left of it is in reading_daily.
CREATE TABLE reading (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  channel_id uuid NOT NULL,
  delivery_id uuid,
  metric text NOT NULL,
  state text NOT NULL CHECK (state IN ('value', 'not-offered', 'no-permission', 'failed', 'gone')),
  value double precision,
  fault text,
  fetched_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, channel_id) REFERENCES channel (workspace_id, id) ON DELETE CASCADE,
  FOREIGN KEY (workspace_id, delivery_id) REFERENCES delivery (workspace_id, id) ON DELETE CASCADE,
  CHECK ((state = 'value') = (value IS NOT NULL))
);
CREATE INDEX reading_age ON reading (fetched_at);
SELECT house.guard('reading');
REVOKE UPDATE ON reading FROM {{app}};
SELECT house.open_across('reading', 'workspace_id, fetched_at');

-- The first and the last good value of a local day (the workspace's zone on that day). Kept.
CREATE TABLE reading_daily (
  workspace_id uuid NOT NULL,
  channel_id uuid NOT NULL,
  delivery_id uuid,
  subject_id uuid NOT NULL GENERATED ALWAYS AS (coalesce(delivery_id, channel_id)) STORED,
  metric text NOT NULL,
  on_day date NOT NULL,
  first_value double precision NOT NULL,
  value double precision NOT NULL,
  fetched_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, subject_id, metric, on_day),
  FOREIGN KEY (workspace_id, channel_id) REFERENCES channel (workspace_id, id) ON DELETE CASCADE,
  FOREIGN KEY (workspace_id, delivery_id) REFERENCES delivery (workspace_id, id) ON DELETE CASCADE
);
SELECT house.guard('reading_daily');

-- How each figure stands: the last good value, and why nothing newer is there. An absence never takes a value away.
CREATE TABLE figure (
  workspace_id uuid NOT NULL,
  channel_id uuid NOT NULL,
  delivery_id uuid,
  subject_id uuid NOT NULL GENERATED ALWAYS AS (coalesce(delivery_id, channel_id)) STORED,
  metric text NOT NULL,
  value double precision,
  value_at timestamptz,
  absence text CHECK (absence IN ('not-offered', 'no-permission', 'failed', 'gone')),
  fault text,
  tried_at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, subject_id, metric),
  FOREIGN KEY (workspace_id, channel_id) REFERENCES channel (workspace_id, id) ON DELETE CASCADE,
  FOREIGN KEY (workspace_id, delivery_id) REFERENCES delivery (workspace_id, id) ON DELETE CASCADE,
  CHECK ((value IS NULL) = (value_at IS NULL)),
  CHECK (value IS NOT NULL OR absence IS NOT NULL)
);
SELECT house.guard('figure');

-- What people outside did with a post. What the network no longer shows is marked, not deleted.
CREATE TABLE engagement (
  workspace_id uuid NOT NULL,
  delivery_id uuid NOT NULL,
  remote_id text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('like', 'repost', 'reply', 'quote')),
  actor_remote_id text NOT NULL,
  actor_name text NOT NULL,
  actor_handle text NOT NULL,
  actor_address text NOT NULL,
  text text,
  address text,
  -- Null where the network does not say when.
  at timestamptz,
  first_seen_at timestamptz NOT NULL,
  fetched_at timestamptz NOT NULL,
  gone_at timestamptz,
  PRIMARY KEY (workspace_id, delivery_id, remote_id),
  FOREIGN KEY (workspace_id, delivery_id) REFERENCES delivery (workspace_id, id) ON DELETE CASCADE
);
SELECT house.guard('engagement');

-- When each subject is looked at next; null: no more by itself.
CREATE TABLE fetch_plan (
  workspace_id uuid NOT NULL,
  channel_id uuid NOT NULL,
  delivery_id uuid,
  subject_id uuid NOT NULL GENERATED ALWAYS AS (coalesce(delivery_id, channel_id)) STORED,
  -- From when its age is counted; null for a channel.
  published_at timestamptz,
  next_at timestamptz,
  -- The counts have moved since the list of who did it was last read.
  engagements_stale boolean NOT NULL DEFAULT true,
  PRIMARY KEY (workspace_id, subject_id),
  FOREIGN KEY (workspace_id, channel_id) REFERENCES channel (workspace_id, id) ON DELETE CASCADE,
  FOREIGN KEY (workspace_id, delivery_id) REFERENCES delivery (workspace_id, id) ON DELETE CASCADE,
  CHECK ((delivery_id IS NULL) = (published_at IS NULL))
);
CREATE INDEX fetch_plan_due ON fetch_plan (next_at) WHERE next_at IS NOT NULL;
CREATE INDEX fetch_plan_channel ON fetch_plan (workspace_id, channel_id, next_at);
SELECT house.guard('fetch_plan');
SELECT house.open_across('fetch_plan', 'workspace_id, channel_id, next_at');

-- When a person last asked for a goal's figures: once in half a minute is enough for anyone.
CREATE TABLE goal_refresh (
  workspace_id uuid NOT NULL,
  goal_id uuid NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, goal_id),
  FOREIGN KEY (workspace_id, goal_id) REFERENCES goal (workspace_id, id) ON DELETE CASCADE
);
SELECT house.guard('goal_refresh');
