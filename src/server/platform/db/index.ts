export { type Database, type Db, openDatabase, type Tx } from './database.ts';
export { migrate } from './migrate.ts';
