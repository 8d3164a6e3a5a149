import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ConfigError, readConfig, settingsTable } from './index.ts';

const KEY = randomBytes(32).toString('base64');

function problemsOf(env: Record<string, string>): string[] {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems.map(({ setting }) => setting);
    throw error;
  }
  return [];
}

describe('readConfig', () => {
  test('needs no setting at all', () => {
    expect(readConfig({})).toEqual({
      dataDir: resolve('data'),
      host: '127.0.0.1',
      port: 4400,
      publicUrl: 'http://localhost:4400',
      mediaUrl: 'http://localhost:4400',
      allowedHosts: ['localhost', '127.0.0.1', '[::1]'],
      trustedProxies: [],
      privateRanges: [],
      key: { kind: 'file', path: resolve('data/key') },
      keyLost: false,
      roles: ['web', 'worker'],
      sendsAtOnce: 64,
      database: { kind: 'embedded' },
      mail: { from: 'goalpost@localhost', smtp: null },
      storage: { folder: resolve('data/media'), s3: null },
      backups: null,
      websubHubs: [],
      logLevel: null,
      metricsToken: null,
      demo: false,
      practice: null,
      crashAt: null,
      unknownSettings: [],
    });
  });

  test('takes an empty text for not set', () => {
    expect(readConfig({ GOALPOST_PORT: ' ', GOALPOST_KEY: '' }).port).toBe(4400);
  });

  test('understands every setting', () => {
    const config = readConfig({
      GOALPOST_DATA_DIR: '/srv/goalpost',
      GOALPOST_PORT: '8080',
      GOALPOST_SENDS_AT_ONCE: '256',
      GOALPOST_HOST: '0.0.0.0',
      GOALPOST_PUBLIC_URL: 'https://Social.example.org/',
      GOALPOST_ALLOWED_HOSTS: 'goalpost.lan, 10.0.0.5',
      GOALPOST_TRUSTED_PROXIES: '10.0.0.1,fd00::/8',
      GOALPOST_PRIVATE_RANGES: '192.168.1.0/24',
      GOALPOST_KEY: `${KEY},${KEY}`,
      GOALPOST_ROLES: 'worker',
      GOALPOST_SMTP_URL: 'smtps://a:b@mail.example.org:465',
      GOALPOST_S3_ENDPOINT: 'http://minio:9000',
      GOALPOST_S3_BUCKET: 'pictures',
      GOALPOST_S3_KEY_ID: 'id',
      GOALPOST_S3_SECRET: 'secret',
      GOALPOST_MEDIA_URL: 'https://pictures.example.org',
      GOALPOST_DATABASE_URL: 'postgres://owner:x@db/goalpost',
      GOALPOST_APP_DATABASE_URL: 'postgres://app:x@db/goalpost',
      GOALPOST_WEBSUB_HUB: 'https://hub.example.org/, https://other.example/push',
      GOALPOST_LOG_LEVEL: 'debug',
    });
    expect(config).toMatchObject({
      dataDir: '/srv/goalpost',
      port: 8080,
      sendsAtOnce: 256,
      publicUrl: 'https://social.example.org',
      allowedHosts: ['social.example.org', 'pictures.example.org', 'goalpost.lan', '10.0.0.5'],
      trustedProxies: ['10.0.0.1', 'fd00::/8'],
      privateRanges: ['192.168.1.0/24'],
      key: { kind: 'given', keys: [KEY, KEY] },
      roles: ['worker'],
      database: { kind: 'external', appUrl: 'postgres://app:x@db/goalpost' },
      storage: { s3: { bucket: 'pictures', region: 'us-east-1', prefix: '', pathStyle: true } },
      mediaUrl: 'https://pictures.example.org',
      websubHubs: ['https://hub.example.org/', 'https://other.example/push'],
      logLevel: 'debug',
      mail: {
        from: 'goalpost@social.example.org',
        smtp: {
          host: 'mail.example.org',
          port: 465,
          secure: true,
          login: { name: 'a', password: 'b' },
          tls: 'required',
        },
      },
    });
  });

  test.each([
    ['smtp://mail.example.org', { port: 587, secure: false, login: null, tls: 'required' }],
    ['smtp://127.0.0.1:25', { host: '127.0.0.1', port: 25, tls: 'optional' }],
    ['smtp://[::1]:25?tls=required', { host: '::1', tls: 'required' }],
    ['smtps://mail.example.org?tls=unverified', { port: 465, tls: 'unverified' }],
    ['smtp://me%40x.org:p%2Fw@mail.example.org', { login: { name: 'me@x.org', password: 'p/w' } }],
  ])('understands the mail server %s', (address, meant) => {
    expect(readConfig({ GOALPOST_SMTP_URL: address }).mail.smtp).toMatchObject(meant);
  });

  test('takes mails to come from the login, when that is an address', () => {
    const from = (env: Record<string, string>) => readConfig(env).mail.from;
    expect(from({ GOALPOST_SMTP_URL: 'smtps://me%40x.org:p@mail.x.org' })).toBe('me@x.org');
    expect(from({ GOALPOST_SMTP_URL: 'smtps://me:p@mail.x.org', GOALPOST_PUBLIC_URL: 'https://g.x.org' })).toBe(
      'goalpost@g.x.org',
    );
    expect(from({ GOALPOST_MAIL_FROM: 'Our bakery <bread@x.org>' })).toBe('Our bakery <bread@x.org>');
  });

  test.each([
    [{ GOALPOST_SMTP_URL: 'smtp://mail.example.org/path' }, 'SMTP_URL'],
    [{ GOALPOST_SMTP_URL: 'smtp://mail.example.org?tls=never' }, 'SMTP_URL'],
    [{ GOALPOST_SMTP_URL: 'smtp://mail.example.org?rejectUnauthorized=false' }, 'SMTP_URL'],
    [{ GOALPOST_SMTP_URL: 'smtp://a:%zz@mail.example.org' }, 'SMTP_URL'],
    [{ GOALPOST_MAIL_FROM: 'Bakery' }, 'MAIL_FROM'],
    [{ GOALPOST_MAIL_FROM: 'a@b.org\nBcc: c@d.org' }, 'MAIL_FROM'],
    [{ GOALPOST_METRICS_TOKEN: 'short' }, 'METRICS_TOKEN'],
  ])('refuses %o', (env, setting) => {
    expect(problemsOf(env)).toEqual([setting]);
  });

  test('names every bad setting in one message', () => {
    const bad = {
      GOALPOST_PORT: '99999',
      GOALPOST_SENDS_AT_ONCE: '1000',
      GOALPOST_PUBLIC_URL: 'https://example.org/app',
      GOALPOST_ALLOWED_HOSTS: 'http://x',
      GOALPOST_TRUSTED_PROXIES: '10.0.0.0/33',
      GOALPOST_PRIVATE_RANGES: 'lan',
      GOALPOST_KEY: 'short',
      GOALPOST_ROLES: 'web,cook',
      GOALPOST_SMTP_URL: 'mail.example.org',
      GOALPOST_S3_BUCKET: 'only this',
      GOALPOST_S3_REGION: 'the north',
      GOALPOST_S3_PREFIX: 'a/../b',
      GOALPOST_S3_PATH_STYLE: 'maybe',
      GOALPOST_DATABASE_URL: 'mysql://x',
      GOALPOST_WEBSUB_HUB: 'hub.example.org',
      GOALPOST_LOG_LEVEL: 'loud',
    };
    expect(new Set(problemsOf(bad))).toEqual(
      new Set([
        'PORT',
        'SENDS_AT_ONCE',
        'PUBLIC_URL',
        'ALLOWED_HOSTS',
        'TRUSTED_PROXIES',
        'PRIVATE_RANGES',
        'KEY',
        'ROLES',
        'SMTP_URL',
        'S3_BUCKET',
        'S3_REGION',
        'S3_PREFIX',
        'S3_PATH_STYLE',
        'S3_ENDPOINT',
        'S3_KEY_ID',
        'S3_SECRET',
        'DATABASE_URL',
        'WEBSUB_HUB',
        'LOG_LEVEL',
      ]),
    );
  });

  test.each([
    ['one role on the embedded database', { GOALPOST_ROLES: 'web' }, ['ROLES']],
    ['an app login without an owner', { GOALPOST_APP_DATABASE_URL: 'postgres://app@db/x' }, ['APP_DATABASE_URL']],
    [
      'one login for both',
      { GOALPOST_DATABASE_URL: 'postgres://a@db/x', GOALPOST_APP_DATABASE_URL: 'postgres://a@db/x' },
      ['APP_DATABASE_URL'],
    ],
    ['a media host that is the public one', { GOALPOST_MEDIA_URL: 'http://localhost:4400' }, ['MEDIA_URL']],
  ])('refuses %s', (_case, env, expected) => {
    expect(problemsOf({ ...env })).toEqual(expected);
  });

  test('repeats no secret in its message', () => {
    const env = { GOALPOST_KEY: 'canary-key', GOALPOST_SMTP_URL: 'canary-smtp', GOALPOST_DATABASE_URL: 'canary-db' };
    expect(() => readConfig(env)).toThrow(/GOALPOST_KEY.*\n.*GOALPOST_DATABASE_URL/s);
    expect(() => readConfig(env)).not.toThrow(/canary/);
  });

  test('points out names it does not know, but not those of test runs', () => {
    const env = { GOALPOST_PROT: '1', GOALPOST_TEST_CRASH_AT: 'armed', PATH: '/' };
    expect(readConfig(env)).toMatchObject({ unknownSettings: ['GOALPOST_PROT'], crashAt: 'armed' });
  });
});

test('docs/settings.md says what the settings are (vitest -u writes it)', async () => {
  await expect(settingsTable()).toMatchFileSnapshot('../../../../docs/settings.md');
});
