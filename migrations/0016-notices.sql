-- Notices: what members are told of, and by which ways.

CREATE TABLE notice (
  workspace_id uuid NOT NULL REFERENCES workspace (id) ON DELETE CASCADE,
  id uuid NOT NULL,
  -- Who is told.
  person_id text NOT NULL,
  kind text NOT NULL,
  -- What it is about: while it is unread, whatever happens to the same is counted on it.
  subject text NOT NULL,
  -- Ids and small values, for its words and its link; no content.
  particulars jsonb NOT NULL,
  count int NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT clock.now(),
  -- When the last of what it counts happened.
  at timestamptz NOT NULL DEFAULT clock.now(),
  read_at timestamptz,
  -- What it was about is in order again, without the person having read it.
  settled_at timestamptz,
  -- When it goes out by mail and to devices, if it is unread then; null: not, or it has.
  mail_due_at timestamptz,
  push_due_at timestamptz,
  mailed_at timestamptz,
  pushed_at timestamptz,
  PRIMARY KEY (workspace_id, id)
);
CREATE UNIQUE INDEX notice_unread ON notice (workspace_id, person_id, kind, subject) WHERE read_at IS NULL;
CREATE INDEX notice_newest ON notice (workspace_id, person_id, at DESC, id DESC);
CREATE INDEX notice_mail_due ON notice (mail_due_at) WHERE mail_due_at IS NOT NULL;
CREATE INDEX notice_push_due ON notice (push_due_at) WHERE push_due_at IS NOT NULL;
SELECT house.guard('notice');
SELECT house.open_across('notice', 'workspace_id, id, person_id, mail_due_at, push_due_at', 'mail_due_at, push_due_at, mailed_at, pushed_at');

-- What has been counted on which notice: the same is never counted twice.
CREATE TABLE notice_event (
  workspace_id uuid NOT NULL,
  person_id text NOT NULL,
  event text NOT NULL,
  notice_id uuid NOT NULL,
  -- The delivery it is about, until that is in order again.
  delivery_id uuid,
  PRIMARY KEY (workspace_id, person_id, event),
  FOREIGN KEY (workspace_id, notice_id) REFERENCES notice (workspace_id, id) ON DELETE CASCADE
);
CREATE INDEX notice_event_of ON notice_event (workspace_id, notice_id);
CREATE INDEX notice_event_delivery ON notice_event (workspace_id, delivery_id) WHERE delivery_id IS NOT NULL;
SELECT house.guard('notice_event');

-- How each goal stood when it was last looked at: who is told is told of the change.
CREATE TABLE goal_standing (
  workspace_id uuid NOT NULL,
  goal_id uuid NOT NULL,
  status text NOT NULL,
  at timestamptz NOT NULL DEFAULT clock.now(),
  PRIMARY KEY (workspace_id, goal_id),
  FOREIGN KEY (workspace_id, goal_id) REFERENCES goal (workspace_id, id) ON DELETE CASCADE
);
SELECT house.guard('goal_standing');

-- What a person has chosen, in all their workspaces alike. No row, no field: as it comes.
CREATE TABLE notice_choice (
  person_id text PRIMARY KEY REFERENCES person (id) ON DELETE CASCADE,
  -- By kind: {"mail": …, "push": …, "urgent": …}, as far as it differs.
  kinds jsonb NOT NULL DEFAULT '{}',
  -- Wall-clock times in the zone, HH:MM; the same twice: no quiet hours.
  quiet_from text NOT NULL DEFAULT '21:00',
  quiet_to text NOT NULL DEFAULT '07:00',
  digest_at text NOT NULL DEFAULT '08:00',
  -- Null: that of their first workspace.
  zone text,
  updated_at timestamptz NOT NULL DEFAULT clock.now()
);
GRANT SELECT, INSERT, UPDATE, DELETE ON notice_choice TO {{app}};

-- The key by which push services know this installation; its private half is sealed.
CREATE TABLE push_key (
  only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
  public_key text NOT NULL,
  sealed text NOT NULL
);
GRANT SELECT, INSERT, UPDATE ON push_key TO {{app}};

-- A browser that may be told. Its address is as good as a key, so it is sealed. It ends with the session it belongs to.
CREATE TABLE push_device (
  id uuid PRIMARY KEY,
  person_id text NOT NULL,
  session_id text NOT NULL REFERENCES auth.session (id) ON DELETE CASCADE,
  endpoint_hash text NOT NULL UNIQUE CHECK (endpoint_hash ~ '^[0-9a-f]{64}$'),
  sealed text NOT NULL,
  -- What the browser calls itself; not to be trusted.
  name text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT clock.now(),
  told_at timestamptz
);
CREATE INDEX push_device_of ON push_device (person_id);
CREATE INDEX push_device_session ON push_device (session_id);
GRANT SELECT, INSERT, UPDATE, DELETE ON push_device TO {{app}};
