-- Pictures of the library. The bytes lie in the storage under workspace/medium/…; a row never changes but for its words.
CREATE TABLE medium (
  workspace_id uuid NOT NULL REFERENCES workspace (id) ON DELETE CASCADE,
  id uuid NOT NULL,
  name text NOT NULL,
  alt text NOT NULL DEFAULT '',
  -- Of the picture as we keep it: encoded anew, upright, without what the camera wrote into it.
  mime text NOT NULL CHECK (mime IN ('image/jpeg', 'image/png', 'image/webp', 'image/gif')),
  size_bytes int NOT NULL CHECK (size_bytes > 0),
  width int NOT NULL CHECK (width > 0),
  height int NOT NULL CHECK (height > 0),
  sha256 text NOT NULL,
  uploaded_by text NOT NULL,
  -- Whole milliseconds, because a page of the list begins where the last one ended.
  created_at timestamptz NOT NULL DEFAULT date_trunc('milliseconds', clock.now()),
  PRIMARY KEY (workspace_id, id)
);
CREATE INDEX medium_newest ON medium (workspace_id, created_at DESC, id DESC);
SELECT house.guard('medium');

-- What uses a picture, as its users register it: one that is in use is not deleted.
CREATE TABLE medium_use (
  workspace_id uuid NOT NULL,
  medium_id uuid NOT NULL,
  user_kind text NOT NULL,
  user_id text NOT NULL,
  PRIMARY KEY (workspace_id, medium_id, user_kind, user_id),
  FOREIGN KEY (workspace_id, medium_id) REFERENCES medium (workspace_id, id)
);
CREATE INDEX medium_use_by_user ON medium_use (workspace_id, user_kind, user_id);
SELECT house.guard('medium_use');
