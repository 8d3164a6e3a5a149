export { type Database, type Db, openDatabase, type Tx } from './database.ts';
export { MigrationMismatch, migrate, RolesMissing, rolesOf } from './migrate.ts';
