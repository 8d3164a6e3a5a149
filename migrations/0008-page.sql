-- The business's own public page, what it shows, and how often it was looked at.

CREATE TABLE own_page (
  workspace_id uuid NOT NULL REFERENCES workspace (id) ON DELETE CASCADE,
  -- The page's channel has the same id.
  id uuid NOT NULL,
  address text NOT NULL,
  title text NOT NULL,
  about text NOT NULL DEFAULT '',
  language text NOT NULL,
  -- [{ label, url }] in the order they are shown.
  links jsonb NOT NULL DEFAULT '[]',
  revision int NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT clock.now(),
  updated_at timestamptz NOT NULL DEFAULT clock.now(),
  PRIMARY KEY (workspace_id, id),
  UNIQUE (workspace_id),
  FOREIGN KEY (workspace_id, id) REFERENCES channel (workspace_id, id) ON DELETE CASCADE
);
SELECT house.guard('own_page');

-- Directory: every address a page has or had. Old ones lead on to the page's address of today, so no link goes dead.
CREATE TABLE directory_page (
  address text PRIMARY KEY,
  workspace_id uuid NOT NULL,
  page_id uuid NOT NULL,
  FOREIGN KEY (workspace_id, page_id) REFERENCES own_page (workspace_id, id) ON DELETE CASCADE
);
CREATE INDEX directory_page_by_page ON directory_page (page_id);
-- A workspace enters its own addresses; finding the workspace of an address is for across.
SELECT house.guard('directory_page');
SELECT house.open_across('directory_page', 'address, workspace_id, page_id');

-- One part of a post as it was published. Its key was chosen before the first attempt, so a repeat changes nothing.
CREATE TABLE page_entry (
  workspace_id uuid NOT NULL,
  page_id uuid NOT NULL,
  id text NOT NULL CHECK (id ~ '^[0-9a-f]{32}$'),
  -- First characters of the key, for addresses.
  short text NOT NULL GENERATED ALWAYS AS (left(id, 10)) STORED,
  -- The first part of the thread; itself for a post of one part.
  thread_id text NOT NULL,
  position int NOT NULL CHECK (position >= 0),
  -- Last piece of the permanent address; parts beneath stand at the address of the first.
  slug text,
  text text NOT NULL,
  language text NOT NULL,
  -- [{ key, width, height, alt, sizeBytes }]; the page keeps its own copy of each picture.
  media jsonb NOT NULL,
  -- { url, title, description, image } or null.
  link jsonb,
  published_at timestamptz NOT NULL DEFAULT clock.now(),
  -- A removed entry keeps its key and address, so that a late repeat cannot bring it back, and loses what it said.
  removed_at timestamptz,
  PRIMARY KEY (workspace_id, id),
  UNIQUE (workspace_id, page_id, short),
  UNIQUE (workspace_id, page_id, slug),
  FOREIGN KEY (workspace_id, page_id) REFERENCES own_page (workspace_id, id) ON DELETE CASCADE,
  FOREIGN KEY (workspace_id, thread_id) REFERENCES page_entry (workspace_id, id) ON DELETE CASCADE,
  CHECK ((position = 0) = (thread_id = id)),
  CHECK ((position = 0) = (slug IS NOT NULL))
);
CREATE INDEX page_entry_stream ON page_entry (workspace_id, page_id, published_at DESC, id DESC)
  WHERE position = 0 AND removed_at IS NULL;
CREATE INDEX page_entry_thread ON page_entry (workspace_id, thread_id, position);
SELECT house.guard('page_entry');

-- How often people opened the page and its posts, by local day of the workspace. entry_id '' is the page itself.
CREATE TABLE page_view_day (
  workspace_id uuid NOT NULL,
  page_id uuid NOT NULL,
  day date NOT NULL,
  entry_id text NOT NULL,
  views int NOT NULL,
  PRIMARY KEY (workspace_id, page_id, day, entry_id),
  FOREIGN KEY (workspace_id, page_id) REFERENCES own_page (workspace_id, id) ON DELETE CASCADE
);
CREATE INDEX page_view_by_entry ON page_view_day (workspace_id, page_id, entry_id);
SELECT house.guard('page_view_day');

-- How often people followed a link, by local day of the workspace. entry_id '' are the page's own links.
CREATE TABLE page_click_day (
  workspace_id uuid NOT NULL,
  page_id uuid NOT NULL,
  day date NOT NULL,
  entry_id text NOT NULL,
  -- Name of the link in counted addresses; it follows from the link's target.
  link text NOT NULL,
  url text NOT NULL,
  clicks int NOT NULL,
  PRIMARY KEY (workspace_id, page_id, day, entry_id, link),
  FOREIGN KEY (workspace_id, page_id) REFERENCES own_page (workspace_id, id) ON DELETE CASCADE
);
CREATE INDEX page_click_by_entry ON page_click_day (workspace_id, page_id, entry_id);
SELECT house.guard('page_click_day');
