import type { SmtpSource } from '../config/index.ts';
import type { Letter, MailAnswer } from '../context/context.ts';
import type { Texts } from '../texts/index.ts';
import { explainFailure, isFinal } from './explain-failure.ts';
import type { WrittenLetter } from './written-letter.ts';

export interface SmtpSend {
  smtp: SmtpSource;
  from: string;
  /** The same for every try of one mail, so that a repeat is recognisable. */
  messageId: string;
  letter: Letter;
  written: WrittenLetter;
  texts: Texts;
}

/**
 * Hands one mail to the operator's mail server and waits for its answer. Throws nothing. `final` means that trying again
 * is of no use. The connection does not go through the egress client: the host comes from the settings, never from a
 * person, and may well stand in a private network.
 */
export async function sendBySmtp(send: SmtpSend): Promise<MailAnswer & { final: boolean }> {
  const { smtp, letter, written } = send;
  // Only who sends a mail needs it: start-up is quicker without.
  const { createTransport } = await import('nodemailer');
  const transport = createTransport({
    host: smtp.host,
    port: smtp.port,
    secure: smtp.secure,
    requireTLS: !smtp.secure && smtp.tls !== 'optional',
    tls: { rejectUnauthorized: smtp.tls !== 'unverified' },
    ...(smtp.login ? { auth: { user: smtp.login.name, pass: smtp.login.password } } : {}),
    disableFileAccess: true,
    disableUrlAccess: true,
    dnsTimeout: 10_000,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 30_000,
  });
  try {
    const { response } = await transport.sendMail({
      from: readAddress(send.from),
      to: { name: '', address: letter.to },
      messageId: send.messageId,
      ...written,
      headers: {
        'Auto-Submitted': 'auto-generated',
        'X-Auto-Response-Suppress': 'All',
        ...leaveHeaders(letter),
      },
      textEncoding: 'base64',
    });
    return { sent: true, said: hide(response, smtp), final: true };
  } catch (error) {
    return { sent: false, said: hide(explainFailure(error, send), smtp), final: isFinal(error) };
  } finally {
    transport.close();
  }
}

/** By which a mail program offers to stop such mails in one press (RFC 2369, RFC 8058). */
const leaveHeaders = (letter: Letter): Record<string, string> =>
  letter.template === 'notices'
    ? { 'List-Unsubscribe': `<${letter.params.leave.link}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }
    : {};

/** `Name <address>` or an address alone. */
function readAddress(text: string): { name: string; address: string } {
  const [, name = 'Goalpost', address = text] = /^(.*?)\s*<([^<>]+)>$/.exec(text) ?? [];
  return { name: name.replace(/^"|"$/g, ''), address };
}

/** A server that repeats what it was told shows nobody the password. */
function hide(said: string, { login }: SmtpSource): string {
  const secrets = login ? [login.password, Buffer.from(login.password).toString('base64')] : [];
  const plain = Buffer.from(login ? `\0${login.name}\0${login.password}` : '').toString('base64');
  return [...secrets, ...(login ? [plain] : [])]
    .filter((secret) => secret.length > 3)
    .reduce((text, secret) => text.replaceAll(secret, '[hidden]'), said)
    .slice(0, 500);
}
