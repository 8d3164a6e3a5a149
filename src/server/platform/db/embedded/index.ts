export { findEmbeddedPostgres } from './find-embedded-postgres.ts';
export {
  type EmbeddedLog,
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
  refuseIfInUse,
  startEmbeddedPostgres,
} from './start-embedded-postgres.ts';
