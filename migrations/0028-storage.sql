-- In which of the two places pictures and videos are kept, and where they are being moved; no row: nobody has looked yet.
CREATE TABLE media_place (
  only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
  place text NOT NULL CHECK (place IN ('disk', 's3')),
  -- New files go there from the first moment of a move on.
  moving_to text CHECK (moving_to IN ('disk', 's3') AND moving_to <> place),
  since timestamptz NOT NULL DEFAULT clock.now()
);
GRANT SELECT, INSERT, UPDATE ON media_place TO {{app}};

-- A file that comes in parts. It belongs to who began it, and is gone a day after its last part.
CREATE TABLE upload (
  workspace_id uuid NOT NULL REFERENCES workspace (id) ON DELETE CASCADE,
  id uuid NOT NULL,
  person_id text NOT NULL,
  name text NOT NULL,
  size_bytes bigint NOT NULL CHECK (size_bytes > 0),
  -- How much of it is there: the next part begins here.
  offset_bytes bigint NOT NULL DEFAULT 0 CHECK (offset_bytes BETWEEN 0 AND size_bytes),
  -- Where in the storage its parts lie, in their order.
  parts text[] NOT NULL DEFAULT '{}',
  -- What became of it; null: not finished.
  medium_id uuid,
  created_at timestamptz NOT NULL DEFAULT clock.now(),
  touched_at timestamptz NOT NULL DEFAULT clock.now(),
  PRIMARY KEY (workspace_id, id)
);
SELECT house.guard('upload');
SELECT house.open_across('upload', 'workspace_id, touched_at');

-- How far an upload to a network came: what the connector asked to remember of it, so that a repeat goes on from there.
CREATE TABLE send_upload (
  workspace_id uuid NOT NULL,
  channel_id uuid NOT NULL,
  -- The connector's own name of what is uploaded: a hash of it, say.
  key text NOT NULL,
  state jsonb NOT NULL,
  touched_at timestamptz NOT NULL DEFAULT clock.now(),
  PRIMARY KEY (workspace_id, channel_id, key),
  FOREIGN KEY (workspace_id, channel_id) REFERENCES channel (workspace_id, id) ON DELETE CASCADE
);
SELECT house.guard('send_upload');
SELECT house.open_across('send_upload', 'workspace_id, touched_at');
