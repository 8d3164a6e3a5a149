-- The morning page: when somebody last looked at a goal's figures, and what a person has set aside until tomorrow.
CREATE TABLE goal_look (
  workspace_id uuid NOT NULL,
  goal_id uuid NOT NULL,
  at timestamptz NOT NULL DEFAULT clock.now(),
  PRIMARY KEY (workspace_id, goal_id),
  FOREIGN KEY (workspace_id, goal_id) REFERENCES goal (workspace_id, id) ON DELETE CASCADE
);
SELECT house.guard('goal_look');

CREATE TABLE suggestion_aside (
  workspace_id uuid NOT NULL REFERENCES workspace (id) ON DELETE CASCADE,
  person_id text NOT NULL,
  -- Kind and what it is about, as the page names it.
  suggestion text NOT NULL,
  until timestamptz NOT NULL,
  PRIMARY KEY (workspace_id, person_id, suggestion)
);
SELECT house.guard('suggestion_aside');

-- What waits for a person is a handful among all that went out.
CREATE INDEX delivery_decide ON delivery (workspace_id, due_at) WHERE state IN ('unconfirmed', 'failed', 'held');
-- What last went out on a channel.
CREATE INDEX delivery_last ON delivery (workspace_id, channel_id, published_at) WHERE state = 'published';
-- Drafts without a time that serve a goal.
CREATE INDEX post_unplanned ON post (workspace_id, goal_id, updated_at) WHERE planned_at IS NULL AND deleted_at IS NULL;
