/** What the settings mean. Made by `readConfig`, handed down from `entry`; nothing else reads the environment. */
export interface Config {
  /** Absolute path. */
  dataDir: string;
  host: string;
  port: number;
  /** Origin without a slash at its end. */
  publicUrl: string;
  /** Host names (no port, lower case) that requests may carry. */
  allowedHosts: readonly string[];
  /** CIDR. */
  trustedProxies: readonly string[];
  /** CIDR ranges that the egress client may call although they are private. */
  privateRanges: readonly string[];
  key: KeySource;
  /** Credentials sealed with a key that is not here are given up. */
  keyLost: boolean;
  roles: readonly ProcessRole[];
  /** Posts that one worker has on their way to networks at once. */
  sendsAtOnce: number;
  database: DatabaseSource;
  mail: {
    /** `Name <address>` or an address alone. */
    from: string;
    /** Null: no mail is sent. */
    smtp: SmtpSource | null;
  };
  storage: StorageSource;
  /** Backups that are made by themselves; null: none are. */
  backups: BackupPlan | null;
  /** Origin that serves pictures; the public one unless they have a host of their own. */
  mediaUrl: string;
  /** Full addresses of WebSub hubs that are told when a page's feeds change; none: nobody is told. */
  websubHubs: readonly string[];
  /** Null: `info`, or `warn` at a terminal, where people would lose the address among the lines. */
  logLevel: LogLevel | null;
  /** Who shows it may read the metrics; null: only who asks from this machine. */
  metricsToken: string | null;
  /** Run as the demo (`GOALPOST_DEMO=yes` or `npm start -- --demo`): apart from all real data. */
  demo: boolean;
  /** A café of the demo only: its practice network, which is all of the outside that it reaches. */
  practice: PracticeControl | null;
  /** Fault runs only (`GOALPOST_TEST_CRASH_AT`): the named point at which the process kills itself. */
  crashAt: string | null;
  /** Names in the environment with our prefix that mean nothing; worth a warning. */
  unknownSettings: readonly string[];
}

/** Where a practice network is, and what opens its switches. */
export interface PracticeControl {
  url: string;
  secret: string;
}

/** `given`: base64 keys, the first one current. `file`: read from there, made at first start. */
export type KeySource = { kind: 'given'; keys: readonly string[] } | { kind: 'file'; path: string };

/** `appUrl` null: the login is made at first start. */
export type DatabaseSource = { kind: 'embedded' } | { kind: 'external'; ownerUrl: string; appUrl: string | null };

/** Where pictures and videos can be kept; which of the two places they are in stands in the database. */
export interface StorageSource {
  /** The place on this machine's disk. */
  folder: string;
  /** Null: there is none. */
  s3: S3Source | null;
}

/** A bucket of an S3 server. */
export interface S3Source {
  /** Address of the server, http or https. */
  endpoint: string;
  bucket: string;
  region: string;
  keyId: string;
  secret: string;
  /** What every key in the bucket begins with: empty, or ends in a slash. */
  prefix: string;
  /** The bucket stands in the path of addresses, and not as a name before the host. */
  pathStyle: boolean;
}

/** Where backups go, how often one is made, and how many stay. */
export interface BackupPlan {
  folder: string;
  everyMs: number;
  keep: number;
}

/** The operator's mail server. */
export interface SmtpSource {
  host: string;
  port: number;
  /** TLS from the first byte; else by STARTTLS. */
  secure: boolean;
  login: { name: string; password: string } | null;
  /**
   * `required`: a connection without encryption or with a wrong certificate is not used. `unverified`: any certificate
   * will do. `optional`: encryption where the server offers it.
   */
  tls: 'required' | 'unverified' | 'optional';
}

export const processRoles = ['web', 'worker'] as const;
export type ProcessRole = (typeof processRoles)[number];

export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

/** What is wrong with one setting and what to do about it. Never holds a secret's value. */
export interface SettingProblem {
  setting: string;
  problem: string;
}

/** Start-up cannot go on; the message names every bad setting. */
export class ConfigError extends Error {
  readonly problems: readonly SettingProblem[];

  constructor(problems: readonly SettingProblem[]) {
    const lines = problems.map(({ setting, problem }) => `  GOALPOST_${setting}: ${problem}`);
    super(`Goalpost cannot start with these settings:\n${lines.join('\n')}`);
    this.name = 'ConfigError';
    this.problems = problems;
  }
}
