export { type Config, ConfigError, type LogLevel, type ProcessRole, type SettingProblem } from './config.ts';
export { readConfig } from './read-config.ts';
export { settingsTable } from './settings.ts';
