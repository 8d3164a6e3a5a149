-- What the library knows beyond a still picture. `frames` is null for what was uploaded before it was counted.
ALTER TABLE medium ADD COLUMN frames int CHECK (frames >= 1);
-- It lay on its side or upside down, as cameras write, and was set upright.
ALTER TABLE medium ADD COLUMN turned boolean NOT NULL DEFAULT false;
-- Of a video: codecs, frames a second, length. Null for pictures.
ALTER TABLE medium ADD COLUMN video jsonb;
ALTER TABLE medium DROP CONSTRAINT medium_mime_check;
ALTER TABLE medium ADD CONSTRAINT medium_mime_check
  CHECK (mime IN ('image/jpeg', 'image/png', 'image/webp', 'image/gif', 'video/mp4', 'video/webm'));
ALTER TABLE medium ADD CONSTRAINT medium_video_check CHECK ((video IS NOT NULL) = (mime LIKE 'video/%'));

-- A medium as it goes out under one set of limits, made once: what was shown beforehand is what is sent. The bytes lie
-- in the storage under their own hash, beside the medium's.
CREATE TABLE rendition (
  workspace_id uuid NOT NULL,
  medium_id uuid NOT NULL,
  -- The hash of the limits and of the way in which it was rendered.
  recipe text NOT NULL,
  mime text NOT NULL,
  size_bytes int NOT NULL CHECK (size_bytes > 0),
  width int NOT NULL CHECK (width > 0),
  height int NOT NULL CHECK (height > 0),
  frames int NOT NULL CHECK (frames >= 1),
  sha256 text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT clock.now(),
  PRIMARY KEY (workspace_id, medium_id, recipe),
  FOREIGN KEY (workspace_id, medium_id) REFERENCES medium (workspace_id, id) ON DELETE CASCADE
);
SELECT house.guard('rendition');
