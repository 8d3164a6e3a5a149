-- What the business is after, in order. `rank` is dense from 1 among those that are not archived; the check of it
-- waits for the commit, so that moving may pass through doubles.
CREATE TABLE objective (
  workspace_id uuid NOT NULL REFERENCES workspace (id) ON DELETE CASCADE,
  id uuid NOT NULL,
  title text NOT NULL CHECK (title <> ''),
  description text NOT NULL DEFAULT '',
  rank int CHECK (rank >= 1),
  revision int NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT clock.now(),
  archived_at timestamptz,
  PRIMARY KEY (workspace_id, id),
  CONSTRAINT objective_rank UNIQUE (workspace_id, rank) DEFERRABLE INITIALLY DEFERRED,
  CHECK ((rank IS NULL) = (archived_at IS NOT NULL))
);
SELECT house.guard('objective');

CREATE TABLE goal (
  workspace_id uuid NOT NULL REFERENCES workspace (id) ON DELETE CASCADE,
  id uuid NOT NULL,
  objective_id uuid,
  title text NOT NULL CHECK (title <> ''),
  metric text NOT NULL,
  scope jsonb NOT NULL CHECK (jsonb_typeof(scope) = 'object'),
  -- A number to reach, or a change in percent of the baseline.
  target_kind text NOT NULL CHECK (target_kind IN ('number', 'relative')),
  target_amount double precision NOT NULL,
  -- Null: the first measured value, see strategy's rules.
  baseline_value double precision,
  baseline_on date,
  baseline_source text CHECK (baseline_source IN ('measured', 'stated')),
  starts_on date NOT NULL,
  deadline_on date NOT NULL,
  owner_id text,
  means jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(means) = 'array'),
  checkpoints text NOT NULL DEFAULT 'monthly' CHECK (checkpoints IN ('daily', 'weekly', 'monthly', 'end')),
  revision int NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT clock.now(),
  archived_at timestamptz,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, objective_id) REFERENCES objective (workspace_id, id),
  FOREIGN KEY (workspace_id, owner_id) REFERENCES member (workspace_id, person_id) ON DELETE SET NULL (owner_id),
  CHECK (deadline_on >= starts_on),
  CHECK ((baseline_value IS NULL) = (baseline_on IS NULL) AND (baseline_value IS NULL) = (baseline_source IS NULL))
);
CREATE INDEX goal_by_deadline ON goal (workspace_id, deadline_on, id);
CREATE INDEX goal_by_objective ON goal (workspace_id, objective_id);
SELECT house.guard('goal');

CREATE TABLE initiative (
  workspace_id uuid NOT NULL REFERENCES workspace (id) ON DELETE CASCADE,
  id uuid NOT NULL,
  goal_id uuid NOT NULL,
  title text NOT NULL CHECK (title <> ''),
  description text NOT NULL DEFAULT '',
  starts_on date NOT NULL,
  -- It ends on a date, after a span of days, or when its target (else its goal's) is reached.
  end_kind text NOT NULL CHECK (end_kind IN ('date', 'span', 'target-reached')),
  ends_on date,
  span_days int CHECK (span_days >= 1),
  -- A measure and target of its own; null leaves it to the goal's.
  metric text,
  target_kind text CHECK (target_kind IN ('number', 'relative')),
  target_amount double precision,
  scope jsonb NOT NULL CHECK (jsonb_typeof(scope) = 'object'),
  means jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(means) = 'array'),
  risks jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(risks) = 'array'),
  outsiders jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(outsiders) = 'array'),
  owner_id text,
  revision int NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT clock.now(),
  archived_at timestamptz,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, goal_id) REFERENCES goal (workspace_id, id),
  FOREIGN KEY (workspace_id, owner_id) REFERENCES member (workspace_id, person_id) ON DELETE SET NULL (owner_id),
  CHECK ((end_kind = 'date') = (ends_on IS NOT NULL)),
  CHECK ((end_kind = 'span') = (span_days IS NOT NULL)),
  CHECK (ends_on >= starts_on),
  CHECK ((target_kind IS NULL) = (target_amount IS NULL))
);
CREATE INDEX initiative_by_start ON initiative (workspace_id, starts_on, id);
CREATE INDEX initiative_by_goal ON initiative (workspace_id, goal_id);
SELECT house.guard('initiative');
