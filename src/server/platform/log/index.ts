export type { LogFields } from './clean-fields.ts';
export { createLog, type Log, type LogOptions } from './create-log.ts';
