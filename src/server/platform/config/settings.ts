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
    does: 'Address the web server listens on. `0.0.0.0` opens it to the network; set `PUBLIC_URL` with it where people use a name.',
  },
  PUBLIC_URL: {
    default: 'http://localhost:PORT',
    does: 'Address under which people reach Goalpost; used in links, mails and feeds. No path.',
  },
  ALLOWED_HOSTS: {
    default: 'none',
    does: 'More host names to answer to, separated by commas. The hosts of `PUBLIC_URL` and `MEDIA_URL` are always answered; so are loopback names and, while `HOST` is no loopback address, this machine’s own addresses in figures.',
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
  KEY_LOST: {
    default: 'no',
    does: '`yes`, for one start only: gives up the credentials that were sealed with a key that is not here any more. Their channels must be connected again.',
  },
  ROLES: {
    default: 'web,worker',
    does: 'What this process does: `web`, `worker` or both. One alone needs `DATABASE_URL`.',
  },
  SENDS_AT_ONCE: {
    default: '64',
    does: 'How many posts this process has on their way to networks at once, 1 to 512. More helps where many posts are due at one time and networks answer slowly; each takes memory meanwhile.',
  },
  SMTP_URL: {
    default: 'none',
    does: 'Mail server, as `smtps://name:password@host:465` or, with STARTTLS, `smtp://name:password@host:587`. Encryption is demanded unless the server is on this machine; `?tls=unverified` takes any certificate, `?tls=optional` does without where there is none. Without a mail server no mail is sent: links go to the console.',
    secret: true,
  },
  MAIL_FROM: {
    default: 'the login of `SMTP_URL` if that is an address, else `goalpost@` and the host of `PUBLIC_URL`',
    does: 'Address that mails come from, alone or as `Name <address>`.',
  },
  S3_ENDPOINT: {
    default: 'none',
    does: 'Address of an S3 server for pictures and videos instead of `DATA_DIR`, as `https://s3.eu-central-1.amazonaws.com`. A new Goalpost keeps them there; one that has some is moved with `goalpost media move --to s3`. It may be in your own network without `PRIVATE_RANGES`.',
  },
  S3_BUCKET: { default: 'none', does: 'Bucket in it. It must be there; Goalpost makes none.' },
  S3_REGION: { default: 'us-east-1', does: 'Region of the bucket.' },
  S3_KEY_ID: { default: 'none', does: 'Access key id.' },
  S3_SECRET: { default: 'none', does: 'Secret access key.', secret: true },
  S3_PREFIX: { default: 'none', does: 'What every key in the bucket begins with, as `goalpost/media`.' },
  S3_PATH_STYLE: {
    default: 'yes',
    does: '`yes`: the bucket stands in the path of addresses. `no`: it is a name before the host, as some providers ask.',
  },
  MEDIA_URL: {
    default: '`PUBLIC_URL`',
    does: 'Address of a host of its own for pictures, leading to the same server.',
  },
  BACKUP_DIR: {
    default: 'none',
    does: 'Folder, best on another disk, in which Goalpost makes a backup by itself. It holds everything but the key. See operating.md.',
  },
  BACKUP_EVERY: { default: '24h', does: 'How often a backup is made, in hours or days: `12h`, `1d`.' },
  BACKUP_KEEP: { default: '7', does: 'How many of them are kept; older ones are deleted.' },
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
  METRICS_TOKEN: {
    default: 'none',
    does: 'Token (16 characters or more) with which `GET /metrics` may be read from elsewhere. Without it, only from this machine while `HOST` is a loopback address.',
    secret: true,
  },
  WEBSUB_HUB: {
    default: 'none',
    does: 'Addresses of WebSub hubs, separated by commas: the feeds of own pages name them, and they are told whenever a post is published, corrected or taken down. A hub that is not yours learns of every change.',
  },
  DEMO: {
    default: 'no',
    does: '`yes`, as `npm start -- --demo`: opens a café to try things in, kept in the folder `demo` of `DATA_DIR` with a database of its own. Nothing in it touches real data or reaches the outside; the settings of database, mail, storage and keys are not for it.',
  },
  LOG_LEVEL: {
    default: 'info; warn at a terminal',
    does: '`trace`, `debug`, `info`, `warn`, `error`, `fatal` or `silent`.',
  },
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
