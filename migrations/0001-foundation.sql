-- Ground that every other migration stands on. {{app}} and {{across}} are replaced by the names of the two roles.

CREATE SCHEMA house;
CREATE SCHEMA clock;
GRANT USAGE ON SCHEMA public, house, clock TO {{app}}, {{across}};

-- What asks whether something is due asks this, and nothing else. Tests replace it by one that adds an offset. Whole
-- milliseconds: an instant that went through a cursor or an answer is still the same one.
CREATE FUNCTION clock.now() RETURNS timestamptz LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT date_trunc('milliseconds', pg_catalog.now()) $$;

-- The workspace of the transaction, or null: then no row of any workspace is visible.
CREATE FUNCTION house.workspace() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT nullif(current_setting('app.workspace', true), '')::uuid $$;

-- Makes a table a workspace's table: isolation on and forced, the app may read and write its own workspace's rows.
CREATE FUNCTION house.guard(the_table regclass, key_column text DEFAULT 'workspace_id') RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', the_table);
  EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', the_table);
  EXECUTE format('CREATE POLICY workspace ON %s TO {{app}} USING (%I = house.workspace()) WITH CHECK (%I = house.workspace())', the_table, key_column, key_column);
  EXECUTE format('CREATE POLICY upkeep ON %s TO {{owner}} USING (true) WITH CHECK (true)', the_table);
  EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO {{app}}', the_table);
END $$;

-- Lets the few statements that see all workspaces reach a table: the columns read, the columns written.
CREATE FUNCTION house.open_across(the_table regclass, readable text, writable text DEFAULT '') RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('CREATE POLICY across ON %s TO {{across}} USING (true) WITH CHECK (true)', the_table);
  EXECUTE format('GRANT SELECT (%s) ON %s TO {{across}}', readable, the_table);
  IF writable <> '' THEN
    EXECUTE format('GRANT UPDATE (%s) ON %s TO {{across}}', writable, the_table);
  END IF;
END $$;

REVOKE EXECUTE ON FUNCTION house.guard, house.open_across FROM PUBLIC;

-- One row: what is true of the whole installation.
CREATE TABLE installation (
  only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
  created_at timestamptz NOT NULL DEFAULT clock.now(),
  -- Which history of the database we know: another one means a restore or a promoted standby.
  history text NOT NULL
);
GRANT SELECT, UPDATE ON installation TO {{app}};
GRANT SELECT, UPDATE ON installation TO {{across}};

CREATE TABLE workspace (
  id uuid PRIMARY KEY,
  name text NOT NULL,
  language text NOT NULL,
  zone text NOT NULL,
  grace_minutes int NOT NULL DEFAULT 60 CHECK (grace_minutes BETWEEN 5 AND 1440),
  created_at timestamptz NOT NULL DEFAULT clock.now()
);
SELECT house.guard('workspace', 'id');
SELECT house.open_across('workspace', 'id, grace_minutes, zone, language');

-- A person's own settings; the sign-in itself lives in schema auth.
CREATE TABLE person (
  id text PRIMARY KEY,
  is_operator boolean NOT NULL DEFAULT false,
  language text NOT NULL DEFAULT 'en',
  created_at timestamptz NOT NULL DEFAULT clock.now()
);
GRANT SELECT, INSERT, UPDATE, DELETE ON person TO {{app}};

CREATE TABLE member (
  workspace_id uuid NOT NULL REFERENCES workspace (id) ON DELETE CASCADE,
  person_id text NOT NULL,
  role text NOT NULL CHECK (role IN ('owner', 'manager', 'editor', 'approver', 'responder', 'viewer')),
  created_at timestamptz NOT NULL DEFAULT clock.now(),
  PRIMARY KEY (workspace_id, person_id)
);
SELECT house.guard('member');

-- Directory: which workspaces to ask for a person, before a workspace is known.
CREATE TABLE directory_membership (
  person_id text NOT NULL,
  workspace_id uuid NOT NULL REFERENCES workspace (id) ON DELETE CASCADE,
  PRIMARY KEY (person_id, workspace_id)
);
GRANT SELECT, INSERT, DELETE ON directory_membership TO {{across}};

-- What happened, written in the transaction in which it happened, handed on to its hearers at least once.
CREATE TABLE fact (
  workspace_id uuid NOT NULL REFERENCES workspace (id) ON DELETE CASCADE,
  id uuid NOT NULL,
  kind text NOT NULL,
  payload jsonb NOT NULL,
  person_id text,
  at timestamptz NOT NULL DEFAULT clock.now(),
  tries int NOT NULL DEFAULT 0,
  next_try_at timestamptz NOT NULL DEFAULT clock.now(),
  handed_on_at timestamptz,
  PRIMARY KEY (workspace_id, id)
);
CREATE INDEX fact_waiting ON fact (next_try_at) WHERE handed_on_at IS NULL;
SELECT house.guard('fact');
SELECT house.open_across('fact', 'workspace_id, id, kind, payload, at, tries, next_try_at, handed_on_at', 'tries, next_try_at, handed_on_at');

-- A call that was answered once under its Idempotency-Key is answered the same again for 24 hours.
CREATE TABLE idempotency (
  actor text NOT NULL,
  key text NOT NULL,
  request_hash text NOT NULL,
  status int,
  headers jsonb,
  body text,
  created_at timestamptz NOT NULL DEFAULT clock.now(),
  PRIMARY KEY (actor, key)
);
CREATE INDEX idempotency_age ON idempotency (created_at);
GRANT SELECT, INSERT, UPDATE, DELETE ON idempotency TO {{app}};
