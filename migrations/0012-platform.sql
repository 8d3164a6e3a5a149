-- The root that purposes are derived from (signatures, the app's login), sealed. It outlives a change of the key that
-- seals. Start-up makes the table before the roles are there, which is why it may exist already.
CREATE TABLE IF NOT EXISTS derivation_root (
  only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
  sealed text NOT NULL
);
GRANT SELECT, UPDATE ON derivation_root TO {{app}};

-- Mails that wait for the mail server. A row goes when its mail was accepted. To whom and what it says is sealed, since
-- links are secrets; a mail that was given up keeps neither.
CREATE TABLE outgoing_mail (
  id uuid PRIMARY KEY,
  template text NOT NULL,
  sealed text,
  created_at timestamptz NOT NULL DEFAULT clock.now(),
  next_try_at timestamptz NOT NULL DEFAULT clock.now(),
  tries int NOT NULL DEFAULT 0,
  -- What the mail server said last, or why it could not be asked.
  said text,
  given_up_at timestamptz,
  CHECK ((sealed IS NULL) = (given_up_at IS NOT NULL))
);
CREATE INDEX outgoing_mail_waiting ON outgoing_mail (next_try_at) WHERE given_up_at IS NULL;
GRANT SELECT, INSERT, UPDATE, DELETE ON outgoing_mail TO {{app}};
