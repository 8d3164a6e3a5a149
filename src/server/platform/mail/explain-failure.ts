import type { SmtpSource } from '../config/index.ts';
import type { Letter } from '../context/context.ts';
import type { Texts } from '../texts/index.ts';

interface Failed {
  code: string;
  /** What the mail server answered, if it came to that. */
  response: string | null;
  responseCode: number | null;
  message: string;
}

/** Says why a mail was not sent, in its language: the server's own words, or what stood in the way before it could speak. */
export function explainFailure(
  error: unknown,
  { smtp, letter, texts }: { smtp: SmtpSource; letter: Letter; texts: Texts },
): string {
  const { code, response, message } = read(error);
  // A server that refuses STARTTLS answers that it knows no such command, which tells nobody anything.
  if (response !== null && code !== 'ETLS') return response;
  const params = { server: `${smtp.host}:${smtp.port}`, code: code || message };
  return texts.t(letter.language, `mail:said.${reasonOf(code, message)}`, params);
}

/**
 * Whether trying again is of no use: the server refused this mail or its recipient for good. A refused login is not: the
 * operator can mend that, and then the mail goes out.
 */
export function isFinal(error: unknown): boolean {
  const { code, responseCode } = read(error);
  return (
    (code === 'EENVELOPE' || code === 'EMESSAGE') &&
    responseCode !== null &&
    responseCode >= 500 &&
    responseCode !== 503
  );
}

function reasonOf(code: string, message: string): string {
  if (code === 'EDNS' || /ENOTFOUND|EAI_AGAIN/.test(`${code} ${message}`)) return 'unknown-host';
  if (/certificate|self-signed|CERT_|altnames/i.test(`${code} ${message}`)) return 'certificate';
  if (code === 'ETLS' || /wrong version number|STARTTLS/i.test(message)) return 'no-encryption';
  if (code === 'ETIMEDOUT') return 'time-out';
  return 'unreachable';
}

function read(error: unknown): Failed {
  if (!(error instanceof Error)) return { code: '', response: null, responseCode: null, message: String(error) };
  const at = error as Error & {
    code?: unknown;
    response?: unknown;
    responseCode?: unknown;
    cause?: { code?: unknown };
  };
  const inner = typeof at.cause?.code === 'string' ? at.cause.code : '';
  return {
    code: typeof at.code === 'string' ? at.code : inner,
    response: typeof at.response === 'string' && at.response !== '' ? at.response : null,
    responseCode: typeof at.responseCode === 'number' ? at.responseCode : null,
    message: at.message,
  };
}
