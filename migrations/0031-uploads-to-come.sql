-- A disk's room is promised to uploads of all workspaces: how much of them is still to come.
GRANT SELECT (size_bytes, offset_bytes, medium_id) ON upload TO {{across}};
