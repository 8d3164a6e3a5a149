-- When the database has another history, every workspace with posts that are planned is told so in the same transaction.
GRANT INSERT (workspace_id, id, kind, payload) ON fact TO {{across}};
