export {
  type BackupPlan,
  type Config,
  ConfigError,
  type LogLevel,
  type PracticeControl,
  type ProcessRole,
  type S3Source,
  type SettingProblem,
  type SmtpSource,
  type StorageSource,
} from './config.ts';
export { listSecrets } from './list-secrets.ts';
export { readConfig } from './read-config.ts';
export { settingsTable } from './settings.ts';
