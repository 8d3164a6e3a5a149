-- What a part is: of the post with its thread, or our own first comment beneath it. A comment is the last part of
-- its delivery and answers position 0.
ALTER TABLE delivery
  ADD COLUMN role text NOT NULL DEFAULT 'post' CHECK (role IN ('post', 'comment')),
  -- Taken down again after publication; its figures stay.
  ADD COLUMN removed_at timestamptz,
  ADD COLUMN corrected_at timestamptz,
  -- The words as they stand there since they were corrected; null: as they were sent.
  ADD COLUMN content_live jsonb CHECK (jsonb_typeof(content_live) = 'object'),
  ADD CONSTRAINT delivery_comment_follows CHECK (role = 'post' OR position > 0),
  ADD CONSTRAINT delivery_afterwards CHECK ((removed_at IS NULL AND corrected_at IS NULL AND content_live IS NULL) OR state = 'published');

-- What a claim asks, workspace by workspace: what is due longest, whether something of a channel is under way, and what
-- of it comes first; the register asks the last one too. Nothing asks over all workspaces at once any more.
DROP INDEX delivery_due;
CREATE INDEX delivery_turn ON delivery (workspace_id, not_before) WHERE state = 'scheduled' AND NOT waits;
CREATE INDEX delivery_in_flight ON delivery (workspace_id, channel_id) WHERE state IN ('claimed', 'armed');
CREATE INDEX delivery_line ON delivery (workspace_id, channel_id, due_at, group_id, position) WHERE state IN ('scheduled', 'claimed');

-- What had become of everything that was due on a local day when that day was reckoned; one row a day of a workspace.
CREATE TABLE publishing_day (
  workspace_id uuid NOT NULL REFERENCES workspace (id) ON DELETE CASCADE,
  on_day date NOT NULL,
  due int NOT NULL,
  live int NOT NULL,
  failed int NOT NULL,
  held int NOT NULL,
  unconfirmed int NOT NULL,
  cancelled int NOT NULL,
  under_way int NOT NULL,
  reckoned_at timestamptz NOT NULL DEFAULT clock.now(),
  PRIMARY KEY (workspace_id, on_day),
  CHECK (due = live + failed + held + unconfirmed + cancelled + under_way)
);
SELECT house.guard('publishing_day');
SELECT house.open_across('publishing_day', 'workspace_id, on_day');
