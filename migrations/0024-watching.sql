-- The zone data by which planned times were reckoned last, as its version says ('2026c').
ALTER TABLE installation ADD COLUMN zone_data text NOT NULL DEFAULT '';
-- The last step of the schema that was applied: processes that run see by it when the database was put back.
ALTER TABLE installation ADD COLUMN schema_step text;

-- When a part last began to be held, and when its outcome was last not known: the status page tells by them what was
-- late for a reason, and what was found again without a person.
ALTER TABLE delivery
  ADD COLUMN held_at timestamptz,
  ADD COLUMN doubted_at timestamptz,
  -- When the network was first seen to have it no longer, though nobody took it down here.
  ADD COLUMN gone_at timestamptz;

-- For the figure of how late the first byte went out.
GRANT SELECT (first_send_at) ON delivery TO {{across}};

CREATE FUNCTION house.note_turn() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.state = 'held' THEN NEW.held_at := clock.now(); ELSE NEW.doubted_at := clock.now(); END IF;
  RETURN NEW;
END $$;
REVOKE EXECUTE ON FUNCTION house.note_turn FROM PUBLIC;
-- Called for these two states alone: what goes its way costs nothing more.
CREATE TRIGGER delivery_note_turn BEFORE UPDATE ON delivery FOR EACH ROW
  WHEN (NEW.state IN ('held', 'unconfirmed') AND OLD.state <> NEW.state) EXECUTE FUNCTION house.note_turn();

-- What is held or open already began when it was last changed.
UPDATE delivery SET held_at = updated_at WHERE state = 'held';
UPDATE delivery SET doubted_at = updated_at WHERE state = 'unconfirmed';

-- A stretch of time in which posts of a workspace were due and did not move; at most one of them is open.
CREATE TABLE publishing_stall (
  workspace_id uuid NOT NULL REFERENCES workspace (id) ON DELETE CASCADE,
  began_at timestamptz NOT NULL,
  ended_at timestamptz,
  PRIMARY KEY (workspace_id, began_at)
);
CREATE UNIQUE INDEX publishing_stall_open ON publishing_stall (workspace_id) WHERE ended_at IS NULL;
SELECT house.guard('publishing_stall');
SELECT house.open_across('publishing_stall', 'workspace_id, began_at, ended_at');
