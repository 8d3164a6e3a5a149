-- Sign-in: better-auth's tables, made here and never by itself. They belong to no workspace.

CREATE SCHEMA auth;
GRANT USAGE ON SCHEMA auth TO {{app}};

-- "user" is the library's word for the sign-in account of a person.
CREATE TABLE auth.account_holder (
  id text PRIMARY KEY,
  name text NOT NULL,
  email text NOT NULL UNIQUE CHECK (email = lower(email)),
  email_verified boolean NOT NULL DEFAULT false,
  image text,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE auth.session (
  id text PRIMARY KEY,
  -- SHA-256 of the token; the token itself is only in the person's browser.
  token text NOT NULL UNIQUE CHECK (token ~ '^[0-9a-f]{64}$'),
  user_id text NOT NULL REFERENCES auth.account_holder (id) ON DELETE CASCADE,
  expires_at timestamptz NOT NULL,
  ip_address text,
  user_agent text,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX session_of ON auth.session (user_id);
CREATE INDEX session_end ON auth.session (expires_at);

-- One way to sign in: here a password, as its scrypt hash.
CREATE TABLE auth.account (
  id text PRIMARY KEY,
  account_id text NOT NULL,
  provider_id text NOT NULL,
  user_id text NOT NULL REFERENCES auth.account_holder (id) ON DELETE CASCADE,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  password text,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (provider_id, account_id)
);
CREATE INDEX account_of ON auth.account (user_id);

CREATE TABLE auth.verification (
  id text PRIMARY KEY,
  identifier text NOT NULL,
  value text NOT NULL,
  expires_at timestamptz NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX verification_by_identifier ON auth.verification (identifier);

CREATE TABLE auth.rate_limit (
  id text PRIMARY KEY,
  key text NOT NULL UNIQUE,
  count int NOT NULL,
  -- Milliseconds since 1970.
  last_request bigint NOT NULL
);

-- Who may sign up although registration is closed.
CREATE TABLE auth.permit (
  email text PRIMARY KEY CHECK (email = lower(email)),
  expires_at timestamptz NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);

GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA auth TO {{app}};

-- Every account is a person from its first moment. The first one runs the installation; after that one needs a permit,
-- which is used up. The lock makes two first sign-ups at once a first and a second one.
CREATE FUNCTION auth.admit_person() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('goalpost first person'));
  IF NOT EXISTS (SELECT FROM public.person) THEN
    INSERT INTO public.person (id, is_operator) VALUES (NEW.id, true);
    RETURN NULL;
  END IF;
  DELETE FROM auth.permit WHERE email = NEW.email AND expires_at > now();
  IF NOT FOUND THEN
    RAISE EXCEPTION 'registration is closed' USING ERRCODE = 'GP001';
  END IF;
  INSERT INTO public.person (id) VALUES (NEW.id);
  RETURN NULL;
END $$;
CREATE TRIGGER admit_person AFTER INSERT ON auth.account_holder FOR EACH ROW EXECUTE FUNCTION auth.admit_person();
