-- Keys for programs, and the record of who did what.

-- A key acts for its maker in one workspace, from programs and the command line. Rows stay when a key has ended.
CREATE TABLE api_key (
  workspace_id uuid NOT NULL REFERENCES workspace (id) ON DELETE CASCADE,
  id uuid NOT NULL,
  name text NOT NULL,
  -- First letters of the secret, to tell keys apart.
  begins text NOT NULL,
  scopes text[] NOT NULL CHECK (cardinality(scopes) > 0 AND scopes <@ ARRAY['read', 'plan', 'content', 'publish', 'manage']),
  created_by text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT clock.now(),
  -- Null: until it is revoked.
  expires_at timestamptz,
  -- Kept to the minute.
  last_used_at timestamptz,
  revoked_at timestamptz,
  PRIMARY KEY (workspace_id, id)
);
CREATE INDEX api_key_newest ON api_key (workspace_id, created_at DESC, id DESC);
SELECT house.guard('api_key');
REVOKE DELETE ON api_key FROM {{app}};

-- Directory: whose key a secret is. Only the SHA-256 is here; the secret itself is with whoever made the key.
CREATE TABLE directory_api_key (
  secret_hash text PRIMARY KEY CHECK (secret_hash ~ '^[0-9a-f]{64}$'),
  workspace_id uuid NOT NULL,
  key_id uuid NOT NULL,
  FOREIGN KEY (workspace_id, key_id) REFERENCES api_key (workspace_id, id) ON DELETE CASCADE
);
CREATE INDEX directory_api_key_by_key ON directory_api_key (workspace_id, key_id);
-- A workspace enters its own keys; finding the workspace of a secret is for across.
SELECT house.guard('directory_api_key');
SELECT house.open_across('directory_api_key', 'secret_hash, workspace_id, key_id');

-- The audit log: one line for each change, each with a hash over itself and the line before it.
CREATE TABLE audit_entry (
  workspace_id uuid NOT NULL REFERENCES workspace (id),
  -- From 1, without gaps.
  number bigint NOT NULL CHECK (number > 0),
  at timestamptz NOT NULL,
  by_kind text NOT NULL CHECK (by_kind IN ('person', 'key', 'system')),
  person_id text,
  key_id uuid,
  action text NOT NULL,
  subject_kind text,
  subject_id text,
  detail jsonb NOT NULL DEFAULT '{}',
  -- The fact that Goalpost itself reports with this line; it is reported once, however often it is heard.
  fact_id uuid,
  hash text NOT NULL CHECK (hash ~ '^[0-9a-f]{64}$'),
  PRIMARY KEY (workspace_id, number),
  CHECK ((by_kind = 'system') = (person_id IS NULL)),
  CHECK ((by_kind = 'key') = (key_id IS NOT NULL)),
  CHECK ((subject_kind IS NULL) = (subject_id IS NULL))
);
CREATE INDEX audit_entry_action ON audit_entry (workspace_id, action text_pattern_ops, number DESC);
CREATE INDEX audit_entry_subject ON audit_entry (workspace_id, subject_id, number DESC);
CREATE UNIQUE INDEX audit_entry_fact ON audit_entry (workspace_id, fact_id) WHERE fact_id IS NOT NULL;
SELECT house.guard('audit_entry');
REVOKE UPDATE, DELETE ON audit_entry FROM {{app}};

-- Where each workspace's log ends. Its row is the lock that makes two changes at once two lines one after the other.
CREATE TABLE audit_head (
  workspace_id uuid NOT NULL REFERENCES workspace (id) ON DELETE CASCADE,
  number bigint NOT NULL DEFAULT 0 CHECK (number >= 0),
  hash text NOT NULL DEFAULT '' CHECK ((number = 0) = (hash = '')),
  PRIMARY KEY (workspace_id)
);
SELECT house.guard('audit_head');
REVOKE DELETE ON audit_head FROM {{app}};

-- Written lines stay as they are, for the owner of the tables too.
CREATE FUNCTION house.refuse_rewriting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'lines of % are never changed or removed', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER refuse_rewriting BEFORE UPDATE OR DELETE ON audit_entry
  FOR EACH ROW EXECUTE FUNCTION house.refuse_rewriting();
CREATE TRIGGER refuse_emptying BEFORE TRUNCATE ON audit_entry
  FOR EACH STATEMENT EXECUTE FUNCTION house.refuse_rewriting();

-- The head moves on by one line at a time, and never back.
CREATE FUNCTION house.refuse_going_back() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.number IS DISTINCT FROM OLD.number + 1 OR NEW.workspace_id IS DISTINCT FROM OLD.workspace_id THEN
    RAISE EXCEPTION 'the audit log goes on by one line at a time' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER refuse_going_back BEFORE UPDATE ON audit_head
  FOR EACH ROW EXECUTE FUNCTION house.refuse_going_back();

-- Every workspace has a log from its first moment.
CREATE FUNCTION house.begin_audit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO audit_head (workspace_id) VALUES (NEW.id);
  RETURN NULL;
END $$;
CREATE TRIGGER begin_audit AFTER INSERT ON workspace FOR EACH ROW EXECUTE FUNCTION house.begin_audit();
INSERT INTO audit_head (workspace_id) SELECT id FROM workspace;

REVOKE EXECUTE ON FUNCTION house.refuse_rewriting, house.refuse_going_back, house.begin_audit FROM PUBLIC;
