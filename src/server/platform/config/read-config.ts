import { join, resolve } from 'node:path';
import {
  type BackupPlan,
  type Config,
  ConfigError,
  type DatabaseSource,
  type KeySource,
  logLevels,
  processRoles,
  type SettingProblem,
  type StorageSource,
} from './config.ts';
import { findContradictions } from './find-contradictions.ts';
import { type Complain, readMail } from './read-mail.ts';
import { settingNames, type Texts } from './settings.ts';
import { isRange, readKeys, readList, readOrigin, readUrl } from './value-readers.ts';

/**
 * Reads the environment in three steps: texts, what they mean, whether they go together. Throws one `ConfigError` that
 * names every bad setting, what is wrong with it and what to do.
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const { texts, unknown } = readTexts(env);
  const problems: SettingProblem[] = [];
  const crashAt = env[`${TEST_PREFIX}CRASH_AT`]?.trim() || null;
  const config = readMeaning(texts, { unknownSettings: unknown, crashAt }, (setting, problem) =>
    problems.push({ setting, problem }),
  );
  problems.push(...findContradictions(config, texts));
  if (problems.length > 0) throw new ConfigError(problems);
  return config;
}

const PREFIX = 'GOALPOST_';
/** Set for test runs only; no setting of the product. */
const TEST_PREFIX = 'GOALPOST_TEST_';

/** An empty text counts as not set. */
function readTexts(env: Readonly<Record<string, string | undefined>>): { texts: Texts; unknown: string[] } {
  const texts: Texts = {};
  for (const name of settingNames) {
    const text = env[PREFIX + name]?.trim();
    if (text) texts[name] = text;
  }
  const unknown = Object.keys(env).filter(
    (name) =>
      name.startsWith(PREFIX) &&
      !name.startsWith(TEST_PREFIX) &&
      !settingNames.some((known) => PREFIX + known === name),
  );
  return { texts, unknown };
}

function readMeaning(texts: Texts, beside: Pick<Config, 'unknownSettings' | 'crashAt'>, complain: Complain): Config {
  const dataDir = resolve(texts.DATA_DIR ?? './data');
  const host = texts.HOST ?? '127.0.0.1';
  const port = readPort(texts, complain);
  const publicUrl = readOriginOf('PUBLIC_URL', texts, complain) ?? `http://localhost:${port}`;
  const mediaUrl = readOriginOf('MEDIA_URL', texts, complain) ?? publicUrl;
  return {
    dataDir,
    host,
    port,
    publicUrl,
    mediaUrl,
    allowedHosts: readAllowedHosts(texts, host, [publicUrl, mediaUrl], complain),
    trustedProxies: readRanges('TRUSTED_PROXIES', texts, complain),
    privateRanges: readRanges('PRIVATE_RANGES', texts, complain),
    key: readKey(texts, dataDir, complain),
    keyLost: readYes('KEY_LOST', texts, complain),
    roles: readRoles(texts, complain),
    sendsAtOnce: readSendsAtOnce(texts, complain),
    database: readDatabase(texts, complain),
    mail: readMail(texts, publicUrl, complain),
    storage: readStorage(texts, dataDir, complain),
    backups: readBackups(texts, complain),
    websubHubs: readHubs(texts, complain),
    logLevel: readLogLevel(texts, complain),
    metricsToken: readMetricsToken(texts, complain),
    demo: readYes('DEMO', texts, complain),
    practice: null,
    ...beside,
  };
}

function readPort(texts: Texts, complain: Complain): number {
  const port = Number(texts.PORT ?? '4400');
  if (Number.isInteger(port) && port >= 1 && port <= 65_535) return port;
  complain('PORT', `"${texts.PORT}" is not a port; give a number from 1 to 65535.`);
  return 4400;
}

function readSendsAtOnce(texts: Texts, complain: Complain): number {
  const count = Number(texts.SENDS_AT_ONCE ?? '64');
  if (Number.isInteger(count) && count >= 1 && count <= 512) return count;
  complain('SENDS_AT_ONCE', `"${texts.SENDS_AT_ONCE}" is no number of posts; give one from 1 to 512.`);
  return 64;
}

function readOriginOf(name: 'PUBLIC_URL' | 'MEDIA_URL', texts: Texts, complain: Complain): string | null {
  const text = texts[name];
  if (text === undefined) return null;
  const origin = readOrigin(text);
  if (!origin) {
    complain(name, `"${text}" is not an address of a host; give it as https://social.example.org, without a path.`);
  }
  return origin;
}

const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost']);

function readAllowedHosts(texts: Texts, host: string, origins: string[], complain: Complain): string[] {
  const given = readList(texts.ALLOWED_HOSTS).map((name) => name.toLowerCase());
  for (const name of given) {
    if (!/^(\[[0-9a-f:.]+\]|[a-z0-9.-]+)$/.test(name)) {
      complain('ALLOWED_HOSTS', `"${name}" is not a host name; give names only, without http:// and port.`);
    }
  }
  const own = origins.map((origin) => new URL(origin).hostname);
  const loopback = LOOPBACK.has(host) ? ['localhost', '127.0.0.1', '[::1]'] : [];
  return [...new Set([...own, ...loopback, ...given])];
}

function readRanges(name: 'TRUSTED_PROXIES' | 'PRIVATE_RANGES', texts: Texts, complain: Complain): string[] {
  const ranges = readList(texts[name]);
  for (const range of ranges) {
    if (!isRange(range)) complain(name, `"${range}" is not a range; give it as 10.0.0.0/8 or fd00::/8.`);
  }
  return ranges;
}

function readHubs(texts: Texts, complain: Complain): string[] {
  const hubs = readList(texts.WEBSUB_HUB);
  for (const hub of hubs) {
    const url = readUrl(hub, ['http:', 'https:']);
    if (!url || url.username || url.password || url.hash)
      complain('WEBSUB_HUB', `"${hub}" is not the address of a hub; give it as https://hub.example.org/.`);
  }
  return hubs;
}

function readKey(texts: Texts, dataDir: string, complain: Complain): KeySource {
  if (texts.KEY === undefined) return { kind: 'file', path: join(dataDir, 'key') };
  const keys = readKeys(texts.KEY);
  if (!keys) {
    complain('KEY', 'is not 32 bytes in base64; make one with: openssl rand -base64 32');
    return { kind: 'given', keys: [] };
  }
  return { kind: 'given', keys };
}

function readYes(
  name: 'KEY_LOST' | 'DEMO' | 'S3_PATH_STYLE',
  texts: Texts,
  complain: Complain,
  otherwise = 'no',
): boolean {
  const given = texts[name] ?? otherwise;
  if (given !== 'yes' && given !== 'no') complain(name, `"${given}" is neither yes nor no.`);
  return given === 'yes';
}

function readRoles(texts: Texts, complain: Complain): Config['roles'] {
  if (texts.ROLES === undefined) return processRoles;
  const given = readList(texts.ROLES);
  const roles = processRoles.filter((role) => given.includes(role));
  const strange = given.filter((name) => !processRoles.some((role) => role === name));
  if (strange.length > 0 || roles.length === 0) {
    complain('ROLES', `"${texts.ROLES}" is not a list of roles; give web, worker or web,worker.`);
  }
  return roles;
}

function readDatabase(texts: Texts, complain: Complain): DatabaseSource {
  const schemes = ['postgres:', 'postgresql:'];
  const ownerUrl = readUrlOf('DATABASE_URL', schemes, texts, complain);
  const appUrl = readUrlOf('APP_DATABASE_URL', schemes, texts, complain);
  return ownerUrl ? { kind: 'external', ownerUrl, appUrl } : { kind: 'embedded' };
}

function readUrlOf(
  name: 'DATABASE_URL' | 'APP_DATABASE_URL' | 'S3_ENDPOINT',
  schemes: readonly string[],
  texts: Texts,
  complain: Complain,
): string | null {
  const text = texts[name];
  if (text === undefined) return null;
  // The value may hold a password, so the complaint does not repeat it.
  if (!readUrl(text, schemes)) complain(name, `is not an address that begins with ${schemes.join('// or ')}//.`);
  return text;
}

const S3_NEEDED = ['S3_ENDPOINT', 'S3_BUCKET', 'S3_KEY_ID', 'S3_SECRET'] as const;
const S3_MORE = ['S3_REGION', 'S3_PREFIX', 'S3_PATH_STYLE'] as const;

function readStorage(texts: Texts, dataDir: string, complain: Complain): StorageSource {
  const folder = join(dataDir, 'media');
  if (![...S3_NEEDED, ...S3_MORE].some((name) => texts[name] !== undefined)) return { folder, s3: null };
  const endpoint = readUrlOf('S3_ENDPOINT', ['http:', 'https:'], texts, complain);
  for (const name of S3_NEEDED) {
    if (texts[name] === undefined) complain(name, `is missing; S3 needs ${S3_NEEDED.join(', ')} together, or none.`);
  }
  const { S3_BUCKET: bucket, S3_KEY_ID: keyId, S3_SECRET: secret, S3_REGION: region = 'us-east-1' } = texts;
  const prefix = (texts.S3_PREFIX ?? '').replace(/\/+$/, '');
  if (bucket !== undefined && !/^[a-zA-Z0-9][a-zA-Z0-9._-]{1,62}$/.test(bucket))
    complain('S3_BUCKET', `"${bucket}" is not the name of a bucket; give the name alone, without an address.`);
  if (!/^[a-zA-Z0-9-]{1,40}$/.test(region))
    complain('S3_REGION', `"${region}" is not a region; give it as eu-central-1.`);
  if (!/^([a-zA-Z0-9._-]+(\/[a-zA-Z0-9._-]+)*)?$/.test(prefix) || prefix.split('/').some((it) => /^\.+$/.test(it)))
    complain(
      'S3_PREFIX',
      `"${prefix}" is no prefix; give letters, digits, dots, dashes and slashes, as goalpost/media.`,
    );
  const pathStyle = readYes('S3_PATH_STYLE', texts, complain, 'yes');
  if (!(endpoint && bucket && keyId && secret)) return { folder, s3: null };
  const own = prefix === '' ? '' : `${prefix}/`;
  return { folder, s3: { endpoint, bucket, keyId, secret, region, prefix: own, pathStyle } };
}

const HOURS = { h: 1, d: 24 } as const;

function readBackups(texts: Texts, complain: Complain): BackupPlan | null {
  const { BACKUP_DIR: folder, BACKUP_EVERY: every = '24h', BACKUP_KEEP: keep = '7' } = texts;
  const [, count = '', unit = ''] = /^(\d{1,3})([hd])$/.exec(every) ?? [];
  const hours = Number(count) * HOURS[unit === 'd' ? 'd' : 'h'];
  if (hours < 1 || hours > 31 * 24)
    complain('BACKUP_EVERY', `"${every}" is no length of time; give hours or days up to 31 days, as 12h or 1d.`);
  const kept = /^\d{1,4}$/.test(keep) ? Number(keep) : 0;
  if (kept < 1) complain('BACKUP_KEEP', `"${keep}" is no number of backups; give 1 or more.`);
  if (folder !== undefined) return { folder: resolve(folder), everyMs: hours * 60 * 60_000, keep: kept };
  for (const name of ['BACKUP_EVERY', 'BACKUP_KEEP'] as const)
    if (texts[name] !== undefined) complain(name, 'needs GOALPOST_BACKUP_DIR, the folder in which backups are kept.');
  return null;
}

function readLogLevel(texts: Texts, complain: Complain): Config['logLevel'] {
  if (texts.LOG_LEVEL === undefined) return null;
  const level = logLevels.find((known) => known === texts.LOG_LEVEL);
  if (level) return level;
  complain('LOG_LEVEL', `"${texts.LOG_LEVEL}" is not a level; give one of ${logLevels.join(', ')}.`);
  return null;
}

function readMetricsToken(texts: Texts, complain: Complain): string | null {
  const token = texts.METRICS_TOKEN ?? null;
  if (token !== null && !/^[\x21-\x7e]{16,}$/.test(token)) {
    complain('METRICS_TOKEN', 'is too short or has blanks in it; make one with: openssl rand -hex 24');
  }
  return token;
}
