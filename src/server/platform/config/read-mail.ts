import { isIP } from 'node:net';
import type { Config, SmtpSource } from './config.ts';
import type { SettingName, Texts } from './settings.ts';
import { readUrl } from './value-readers.ts';

/** Says what is wrong with a setting. */
export type Complain = (setting: SettingName, problem: string) => void;

/** Reads where mails go out and whom they come from. */
export function readMail(texts: Texts, publicUrl: string, complain: Complain): Config['mail'] {
  const smtp = readSmtp(texts, complain);
  return { smtp, from: readFrom(texts, smtp, publicUrl, complain) };
}

const tlsWishes = ['required', 'unverified', 'optional'] as const;

function readSmtp(texts: Texts, complain: Complain): SmtpSource | null {
  if (texts.SMTP_URL === undefined) return null;
  // The value may hold a password, so no complaint repeats it.
  const url = readUrl(texts.SMTP_URL, ['smtp:', 'smtps:']);
  if (!url) {
    complain('SMTP_URL', 'is not an address that begins with smtp:// or smtps://.');
    return null;
  }
  const secure = url.protocol === 'smtps:';
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const wish = url.searchParams.get('tls');
  const tls = wish === null ? undefined : tlsWishes.find((known) => known === wish);
  const strange = [...url.searchParams.keys()].some((name) => name !== 'tls');
  if (strange || (wish !== null && !tls) || url.pathname.length > 1) {
    complain(
      'SMTP_URL',
      'has something after its host that means nothing; only ?tls=unverified or ?tls=optional may follow.',
    );
  }
  const login = readLogin(url);
  if (login === undefined) complain('SMTP_URL', 'has a name and password that do not decode; write % as %25.');
  return {
    host,
    port: Number(url.port) || (secure ? 465 : 587),
    secure,
    login: login ?? null,
    tls: tls ?? (isHere(host) ? 'optional' : 'required'),
  };
}

/** Undefined when it does not decode. */
function readLogin({ username, password }: URL): SmtpSource['login'] | undefined {
  if (username === '') return null;
  try {
    return { name: decodeURIComponent(username), password: decodeURIComponent(password) };
  } catch {
    return undefined;
  }
}

const isHere = (host: string): boolean => host === 'localhost' || host === '::1' || host.startsWith('127.');

function readFrom(texts: Texts, smtp: SmtpSource | null, publicUrl: string, complain: Complain): string {
  const given = texts.MAIL_FROM;
  if (given !== undefined) {
    const right = /^(?:[^<>\p{Cc}]*<[^\s<>@\p{Cc}]+@[^\s<>@\p{Cc}]+>|[^\s<>@\p{Cc}]+@[^\s<>@\p{Cc}]+)$/u.test(given);
    if (!right)
      complain(
        'MAIL_FROM',
        `"${given}" is not an address; give it as goalpost@example.org or Name <goalpost@example.org>.`,
      );
    return given;
  }
  if (smtp?.login && /^[^\s<>@]+@[^\s<>@]+$/.test(smtp.login.name)) return smtp.login.name;
  const { hostname } = new URL(publicUrl);
  const domain = isIP(hostname.replace(/^\[|\]$/g, '')) > 0 ? 'localhost' : hostname;
  return `goalpost@${domain}`;
}
