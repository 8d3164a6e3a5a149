import { type Config, processRoles, type SettingProblem } from './config.ts';
import type { Texts } from './settings.ts';

/** Settings that are right alone and wrong together. */
export function findContradictions(config: Config, texts: Texts): SettingProblem[] {
  const problems: SettingProblem[] = [];
  const { database } = config;
  if (config.demo) {
    for (const setting of notInDemo.filter((name) => texts[name] !== undefined)) {
      const problem =
        'is not for the demo, which keeps all it has apart from real data; leave it out, or leave DEMO out.';
      problems.push({ setting, problem });
    }
  }
  if (texts.DATABASE_URL === undefined && config.roles.length > 0 && config.roles.length < processRoles.length) {
    problems.push({
      setting: 'ROLES',
      problem:
        'the embedded database is for one process with all roles; set GOALPOST_DATABASE_URL or leave GOALPOST_ROLES out.',
    });
  }
  if (texts.APP_DATABASE_URL !== undefined && texts.DATABASE_URL === undefined) {
    problems.push({
      setting: 'APP_DATABASE_URL',
      problem: 'needs GOALPOST_DATABASE_URL, whose login owns the tables and migrates them.',
    });
  }
  if (database.kind === 'external' && database.appUrl && loginOf(database.appUrl) === loginOf(database.ownerUrl)) {
    problems.push({
      setting: 'APP_DATABASE_URL',
      problem: 'has the same login as GOALPOST_DATABASE_URL; give it one that owns nothing.',
    });
  }
  if (texts.MEDIA_URL !== undefined && config.mediaUrl === config.publicUrl) {
    problems.push({
      setting: 'MEDIA_URL',
      problem: 'is the same as GOALPOST_PUBLIC_URL; give pictures a host of their own or leave it out.',
    });
  }
  return problems;
}

/** Settings that lead to real data or to real people. */
const notInDemo = [
  'DATABASE_URL',
  'APP_DATABASE_URL',
  'S3_ENDPOINT',
  'SMTP_URL',
  'MEDIA_URL',
  'WEBSUB_HUB',
  'BACKUP_DIR',
  'KEY',
  'KEY_LOST',
  'ROLES',
] as const satisfies (keyof Texts)[];

function loginOf(address: string): string | undefined {
  return URL.parse(address)?.username;
}
