-- What an archived objective had, so that its archiving can be taken back.
ALTER TABLE objective ADD COLUMN rank_before int CHECK (rank_before >= 1);
ALTER TABLE objective ADD COLUMN goals_before uuid[] NOT NULL DEFAULT '{}';
