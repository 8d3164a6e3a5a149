-- What many facts say is written at once: the head moves on by as many lines as stand there for it, and never back. That
-- they do, and that the last of them is the one the head names, is looked after here now.
CREATE OR REPLACE FUNCTION house.refuse_going_back() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.workspace_id IS DISTINCT FROM OLD.workspace_id OR NEW.number IS NULL OR NEW.number <= OLD.number
    OR (SELECT count(*) FROM audit_entry e WHERE e.workspace_id = NEW.workspace_id
        AND e.number > OLD.number AND e.number <= NEW.number) <> NEW.number - OLD.number
    OR NOT EXISTS (SELECT FROM audit_entry e WHERE e.workspace_id = NEW.workspace_id AND e.number = NEW.number AND e.hash = NEW.hash)
  THEN
    RAISE EXCEPTION 'the audit log goes on line by line' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
