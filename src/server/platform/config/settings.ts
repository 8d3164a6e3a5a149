/**
 * Every setting there is, as data: start-up reads them, `docs/settings.md` is printed from them. None is needed to
 * start. A name here stands in the environment with the prefix `GOALPOST_`.
 */
export const settings = {
  DATA_DIR: {
    default: './data',
    does: 'Folder for everything Goalpost keeps: the embedded database, pictures, the key.',
  },
  PORT: { default: '4400', does: 'Port the web server listens on.' },
  HOST: {
    default: '127.0.0.1',
    does: 'Address the web server listens on. `0.0.0.0` opens it to the network; set `PUBLIC_URL` with it.',
  },
  PUBLIC_URL: {
    default: 'http://localhost:PORT',
    does: 'Address under which people reach Goalpost; used in links, mails and feeds. No path.',
  },
  ALLOWED_HOSTS: {
    default: 'none',
    does: 'More host names to answer to, separated by commas. The hosts of `PUBLIC_URL` and `MEDIA_URL` are always answered; loopback names too while `HOST` is a loopback address.',
  },
  TRUSTED_PROXIES: {
    default: 'none',
    does: 'Addresses or ranges (CIDR) of proxies whose `X-Forwarded-For` is believed, separated by commas.',
  },
  PRIVATE_RANGES: {
    default: 'none',
    does: 'Private ranges (CIDR) that Goalpost may call, separated by commas: for a server in your own network. Whatever else listens in these ranges can then be called too, on any port.',
  },
  KEY: {
    default: 'file `key` in `DATA_DIR`',
    does: '32 random bytes in base64 that encrypt stored credentials (`openssl rand -base64 32`). For a change of key: the new one, a comma, the old one. When it is not set, a file is made at first start; keep a copy of it.',
    secret: true,
  },
  ROLES: {
    default: 'web,worker',
    does: 'What this process does: `web`, `worker` or both. One alone needs `DATABASE_URL`.',
  },
  SMTP_URL: {
    default: 'none',
    does: 'Mail server, as `smtps://name:password@host:465`. Without it no mail is sent.',
    secret: true,
  },
  S3_ENDPOINT: {
    default: 'none',
    does: 'Address of an S3 server for pictures instead of `DATA_DIR`. Not in this version yet: it refuses to start with it.',
  },
  S3_BUCKET: { default: 'none', does: 'Bucket in it.' },
  S3_REGION: { default: 'us-east-1', does: 'Region of the bucket.' },
  S3_KEY_ID: { default: 'none', does: 'Access key id.' },
  S3_SECRET: { default: 'none', does: 'Secret access key.', secret: true },
  MEDIA_URL: {
    default: '`PUBLIC_URL`',
    does: 'Address of a host of its own for pictures, leading to the same server.',
  },
  DATABASE_URL: {
    default: 'embedded database',
    does: 'PostgreSQL 15 or newer, as `postgres://owner:password@host/database`. Its login owns the tables.',
    secret: true,
  },
  APP_DATABASE_URL: {
    default: 'made at first start',
    does: 'The same database with a login that owns nothing, where the owner may not make one itself.',
    secret: true,
  },
  LOG_LEVEL: { default: 'info', does: '`trace`, `debug`, `info`, `warn`, `error`, `fatal` or `silent`.' },
} as const satisfies Record<string, Setting>;

interface Setting {
  /** As it is printed; what it means is decided in `read-config.ts`. */
  default: string;
  does: string;
  /** Its value is never printed. */
  secret?: true;
}

export type SettingName = keyof typeof settings;

/** What was set, trimmed. */
export type Texts = Partial<Record<SettingName, string>>;

export const settingNames = Object.keys(settings) as readonly SettingName[];

/** The settings as a page for operators: `docs/settings.md`. */
export function settingsTable(): string {
  const rows = settingNames.map((name) => {
    const setting: Setting = settings[name];
    return `| \`GOALPOST_${name}\` | ${setting.default} | ${setting.does}${setting.secret ? ' Secret.' : ''} |`;
  });
  return [
    '# Settings',
    '',
    'Settings are read from the environment when Goalpost starts; none is needed. Every bad one is named in one message.',
    '',
    '| setting | when it is not set | what it does |',
    '| --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}
