export { awaitDatabase } from './await-database.ts';
export { countMissingMigrations } from './count-missing-migrations.ts';
export { type Database, type Db, openDatabase, type Tx } from './database.ts';
export { type Contents, forgetCredentials, inspectDatabase } from './inspect-database.ts';
export { migrate } from './migrate.ts';
export { readHistory } from './read-history.ts';
export { type SealedColumn, sealedColumns } from './sealed-columns.ts';
export { StartRefusal } from './start-refusal.ts';
