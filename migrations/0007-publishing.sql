CREATE TABLE post (
  workspace_id uuid NOT NULL REFERENCES workspace (id) ON DELETE CASCADE,
  id uuid NOT NULL,
  content jsonb NOT NULL,
  language text NOT NULL,
  -- Whom it serves: a goal, an initiative (with its goal), nothing on purpose, or undecided.
  serves text NOT NULL DEFAULT 'undecided' CHECK (serves IN ('goal', 'initiative', 'none', 'undecided')),
  goal_id uuid,
  initiative_id uuid,
  pillar text CHECK (pillar IN ('promote', 'teach', 'engage', 'curate', 'news', 'proof')),
  persona_id uuid,
  key_message_id uuid,
  -- The wall-clock time that is meant, in its zone; kept for drafts too.
  planned_local text,
  planned_zone text,
  planned_at timestamptz,
  author_id text NOT NULL,
  revision int NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT clock.now(),
  updated_at timestamptz NOT NULL DEFAULT clock.now(),
  deleted_at timestamptz,
  PRIMARY KEY (workspace_id, id),
  CHECK ((serves IN ('goal', 'initiative')) = (goal_id IS NOT NULL)),
  CHECK ((serves = 'initiative') = (initiative_id IS NOT NULL)),
  CHECK ((planned_local IS NULL) = (planned_zone IS NULL) AND (planned_local IS NULL) = (planned_at IS NULL)),
  FOREIGN KEY (workspace_id, goal_id) REFERENCES goal (workspace_id, id),
  FOREIGN KEY (workspace_id, initiative_id) REFERENCES initiative (workspace_id, id)
);
CREATE INDEX post_planned ON post (workspace_id, planned_at, id) WHERE deleted_at IS NULL;
CREATE INDEX post_changed ON post (workspace_id, updated_at, id) WHERE deleted_at IS NULL;
CREATE INDEX post_goal ON post (workspace_id, goal_id);
SELECT house.guard('post');

CREATE TABLE variant (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  post_id uuid NOT NULL,
  channel_id uuid NOT NULL,
  -- Null: as the post's base content.
  content jsonb,
  -- Set when the channel was taken off the post; its deliveries stay in the ledger.
  removed_at timestamptz,
  PRIMARY KEY (workspace_id, id),
  UNIQUE (workspace_id, post_id, channel_id),
  FOREIGN KEY (workspace_id, post_id) REFERENCES post (workspace_id, id) ON DELETE CASCADE,
  FOREIGN KEY (workspace_id, channel_id) REFERENCES channel (workspace_id, id)
);
SELECT house.guard('variant');

-- The ledger. A row is one part of one delivery: position 0 is the post itself, the others follow it as a thread and
-- wait for the part before them. All parts of a delivery share group_id, which is the id of position 0.
CREATE TABLE delivery (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  group_id uuid NOT NULL,
  position int NOT NULL CHECK (position >= 0),
  post_id uuid NOT NULL,
  variant_id uuid NOT NULL,
  channel_id uuid NOT NULL,
  network text NOT NULL,
  state text NOT NULL CHECK (state IN ('scheduled', 'claimed', 'armed', 'processing', 'unconfirmed', 'published', 'failed', 'held', 'cancelled')),
  held_reason text CHECK (held_reason IN ('crisis', 'approval-missing', 'connection-broken', 'permission-missing', 'late', 'new-history', 'contract-broken', 'part-before')),
  due_at timestamptz NOT NULL,
  zone text NOT NULL,
  local_due text NOT NULL,
  -- Not before: pushed on by back-off and rate limits; the due time stays what was meant.
  not_before timestamptz NOT NULL,
  -- True until the part before it is published.
  waits boolean NOT NULL DEFAULT false,
  -- Rises with every claim and every change by a person: who holds an older one may write nothing.
  fence bigint NOT NULL DEFAULT 0,
  lease_until timestamptz,
  tries int NOT NULL DEFAULT 0,
  -- The same over all attempts: a key on the network may be made from it.
  seed text NOT NULL,
  prepared_at timestamptz,
  first_send_at timestamptz,
  next_look_at timestamptz,
  looks int NOT NULL DEFAULT 0,
  told_at timestamptz,
  -- Set when a person lets a late one go: it may go out now, however late.
  let_go_at timestamptz,
  processing_token text,
  fault jsonb,
  remote_id text,
  address text,
  receipt jsonb,
  published_at timestamptz,
  excerpt text NOT NULL DEFAULT '',
  created_at timestamptz NOT NULL DEFAULT clock.now(),
  updated_at timestamptz NOT NULL DEFAULT clock.now(),
  PRIMARY KEY (workspace_id, id),
  UNIQUE (workspace_id, group_id, position),
  FOREIGN KEY (workspace_id, post_id) REFERENCES post (workspace_id, id),
  FOREIGN KEY (workspace_id, variant_id) REFERENCES variant (workspace_id, id),
  FOREIGN KEY (workspace_id, channel_id) REFERENCES channel (workspace_id, id),
  CHECK ((state = 'held') = (held_reason IS NOT NULL)),
  CHECK (state <> 'published' OR published_at IS NOT NULL),
  CHECK ((state = 'claimed') = (lease_until IS NOT NULL) OR state = 'armed')
);
CREATE INDEX delivery_due ON delivery (not_before) WHERE state = 'scheduled' AND NOT waits;
CREATE INDEX delivery_busy ON delivery (lease_until) WHERE state IN ('claimed', 'armed');
CREATE INDEX delivery_look ON delivery (next_look_at) WHERE state IN ('unconfirmed', 'processing');
CREATE INDEX delivery_ledger ON delivery (workspace_id, due_at, id);
CREATE INDEX delivery_post ON delivery (workspace_id, post_id);
CREATE INDEX delivery_channel ON delivery (workspace_id, channel_id, due_at);
SELECT house.guard('delivery');
SELECT house.open_across(
  'delivery',
  'workspace_id, id, group_id, position, channel_id, network, state, held_reason, due_at, not_before, waits, fence, lease_until, next_look_at, told_at, let_go_at, published_at, updated_at',
  'state, held_reason, not_before, fence, lease_until, looks, next_look_at, told_at, updated_at'
);

-- One send that was armed, with what went out. From *arm* on the outcome can be unknown.
CREATE TABLE attempt (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  delivery_id uuid NOT NULL,
  number int NOT NULL,
  fence bigint NOT NULL,
  key text,
  fingerprint text NOT NULL,
  request jsonb NOT NULL,
  media_ids text[] NOT NULL DEFAULT '{}',
  armed_at timestamptz NOT NULL DEFAULT clock.now(),
  -- No byte may be written after this.
  deadline_at timestamptz NOT NULL,
  settled_at timestamptz,
  outcome text CHECK (outcome IN ('published', 'processing', 'not-reached', 'unknown')),
  fault jsonb,
  PRIMARY KEY (workspace_id, id),
  UNIQUE (workspace_id, delivery_id, number),
  FOREIGN KEY (workspace_id, delivery_id) REFERENCES delivery (workspace_id, id) ON DELETE CASCADE
);
SELECT house.guard('attempt');

-- Holds that stand over many deliveries: over all of a workspace, or over one channel.
CREATE TABLE hold (
  workspace_id uuid NOT NULL REFERENCES workspace (id) ON DELETE CASCADE,
  id uuid NOT NULL,
  -- Null: all channels.
  channel_id uuid,
  why text NOT NULL DEFAULT '',
  created_by text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT clock.now(),
  lifted_by text,
  lifted_at timestamptz,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, channel_id) REFERENCES channel (workspace_id, id)
);
CREATE UNIQUE INDEX hold_standing ON hold (workspace_id, coalesce(channel_id, '00000000-0000-0000-0000-000000000000')) WHERE lifted_at IS NULL;
SELECT house.guard('hold');
SELECT house.open_across('hold', 'workspace_id, id, channel_id, lifted_at');

-- The detector's own pulse: who watches the watcher reads this.
CREATE TABLE detector_pulse (
  only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
  at timestamptz NOT NULL DEFAULT clock.now(),
  overdue int NOT NULL DEFAULT 0,
  oldest_overdue_at timestamptz
);
INSERT INTO detector_pulse DEFAULT VALUES;
GRANT SELECT, UPDATE ON detector_pulse TO {{app}};
GRANT SELECT, UPDATE ON detector_pulse TO {{across}};

-- Workers that are up; a row older than 30 s is a worker that is gone.
CREATE TABLE worker_pulse (
  id uuid PRIMARY KEY,
  started_at timestamptz NOT NULL DEFAULT clock.now(),
  at timestamptz NOT NULL DEFAULT clock.now()
);
GRANT SELECT, INSERT, UPDATE, DELETE ON worker_pulse TO {{app}};
