-- What Goalpost proposed stays marked until someone says yes to it.
ALTER TABLE objective ADD COLUMN yours boolean NOT NULL DEFAULT true;
ALTER TABLE goal ADD COLUMN yours boolean NOT NULL DEFAULT true;

-- The five questions a workspace begins with, as far as they were answered, and what was made of them.
CREATE TABLE interview (
  workspace_id uuid PRIMARY KEY REFERENCES workspace (id) ON DELETE CASCADE,
  answers jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(answers) = 'object'),
  -- The question to go on with, or `proposal`.
  at text NOT NULL DEFAULT 'business',
  skipped text[] NOT NULL DEFAULT '{}',
  revision int NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT clock.now(),
  updated_at timestamptz NOT NULL DEFAULT clock.now(),
  -- { objectiveId, goalId, channelId, postId }
  made jsonb CHECK (jsonb_typeof(made) = 'object'),
  made_at timestamptz,
  CHECK ((made IS NULL) = (made_at IS NULL))
);
SELECT house.guard('interview');
