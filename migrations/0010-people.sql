-- People, whole: invitations, links by mail, who may register, and the limits of guessing.

-- `invited`: an account needs an invitation. `open`: whoever confirms their address gets one.
ALTER TABLE installation ADD COLUMN registration text NOT NULL DEFAULT 'invited'
  CHECK (registration IN ('invited', 'open'));

CREATE TABLE invitation (
  workspace_id uuid NOT NULL REFERENCES workspace (id) ON DELETE CASCADE,
  id uuid NOT NULL,
  -- SHA-256 of the token in the link; the token itself is only in the link.
  token_hash text NOT NULL CHECK (token_hash ~ '^[0-9a-f]{64}$'),
  -- Who alone may accept; null: whoever has the link.
  email text CHECK (email = lower(email)),
  role text NOT NULL CHECK (role IN ('owner', 'manager', 'editor', 'approver', 'responder', 'viewer')),
  invited_by text NOT NULL,
  -- Who opened an account with it: it is theirs from then on.
  registered_by text,
  created_at timestamptz NOT NULL DEFAULT clock.now(),
  expires_at timestamptz NOT NULL,
  accepted_at timestamptz,
  accepted_by text,
  revoked_at timestamptz,
  PRIMARY KEY (workspace_id, id),
  CHECK ((accepted_at IS NULL) = (accepted_by IS NULL)),
  CHECK (accepted_at IS NULL OR revoked_at IS NULL)
);
CREATE INDEX invitation_newest ON invitation (workspace_id, created_at DESC, id DESC);
CREATE INDEX invitation_by_inviter ON invitation (workspace_id, invited_by);
SELECT house.guard('invitation');

-- Directory: which workspace and invitation a token opens, before a workspace is known.
CREATE TABLE directory_invitation (
  token_hash text PRIMARY KEY,
  workspace_id uuid NOT NULL,
  invitation_id uuid NOT NULL,
  FOREIGN KEY (workspace_id, invitation_id) REFERENCES invitation (workspace_id, id) ON DELETE CASCADE
);
CREATE INDEX directory_invitation_by_invitation ON directory_invitation (workspace_id, invitation_id);
-- A workspace enters its own invitations; finding the workspace of a token is for across.
SELECT house.guard('directory_invitation');
SELECT house.open_across('directory_invitation', 'token_hash, workspace_id, invitation_id');

-- Somebody asked for a link by mail. The asking writes the same row whether the address is known or not; a job looks
-- the address up afterwards, makes the token and posts the mail.
CREATE TABLE auth.link (
  id uuid PRIMARY KEY,
  kind text NOT NULL CHECK (kind IN ('confirm-address', 'reset-password')),
  email text NOT NULL CHECK (email = lower(email)),
  language text NOT NULL,
  -- Where the link leads: https://host.
  origin text NOT NULL,
  -- For a new account: its name, and the scrypt hash of its password.
  name text,
  password text,
  -- SHA-256 of the token; null until it has been made.
  token_hash text UNIQUE CHECK (token_hash ~ '^[0-9a-f]{64}$'),
  created_at timestamptz NOT NULL DEFAULT clock.now(),
  expires_at timestamptz NOT NULL,
  CHECK ((kind = 'confirm-address') = (name IS NOT NULL AND password IS NOT NULL))
);
CREATE INDEX link_of ON auth.link (email);
CREATE INDEX link_end ON auth.link (expires_at);

-- How much was tried under a key lately: a bucket that fills by one with each attempt and leaks with time.
CREATE TABLE auth.attempt (
  key text PRIMARY KEY,
  level double precision NOT NULL,
  at timestamptz NOT NULL
);
CREATE INDEX attempt_age ON auth.attempt (at);

-- Where an address was signed in to before: guesses of others cannot lock these places out.
CREATE TABLE auth.known_place (
  -- SHA-256 of the e-mail.
  account text NOT NULL,
  -- Internet address; of IPv6 its first 64 bits.
  place text NOT NULL,
  seen_at timestamptz NOT NULL,
  PRIMARY KEY (account, place)
);
CREATE INDEX known_place_age ON auth.known_place (seen_at);

GRANT SELECT, INSERT, UPDATE, DELETE ON auth.link, auth.attempt, auth.known_place TO {{app}};

-- The sign-in library's own counters are not used any more.
DROP TABLE auth.rate_limit;

-- A permit is used up by the first person too: nothing of it may be left for whoever asks with that address again.
CREATE OR REPLACE FUNCTION auth.admit_person() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  is_first boolean;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('goalpost first person'));
  is_first := NOT EXISTS (SELECT FROM public.person);
  DELETE FROM auth.permit WHERE email = NEW.email AND expires_at > now();
  IF NOT is_first AND NOT FOUND THEN
    RAISE EXCEPTION 'registration is closed' USING ERRCODE = 'GP001';
  END IF;
  INSERT INTO public.person (id, is_operator) VALUES (NEW.id, is_first);
  RETURN NULL;
END $$;
