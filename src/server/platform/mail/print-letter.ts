import type { Letter, MailTemplate } from '../context/context.ts';

const purposes: Record<MailTemplate, string> = {
  invitation: 'An invitation',
  'reset-password': 'A link to set a new password',
  'confirm-address': 'A link to confirm an address',
  'already-registered': 'A hint that there is an account already',
  test: 'A test mail',
  'backup-failed': 'A backup failed',
  notices: 'Notices',
};

/**
 * A letter as it is shown on the operator's console while there is no mail server: what it is for, for whom, and the
 * link. The console's language is English, as in all that start-up says.
 */
export function printLetter(letter: Letter): string {
  const { params } = letter;
  const lines = [
    `${purposes[letter.template]} for ${letter.to}`,
    ...('workspaceName' in params ? [`to ${params.workspaceName}, from ${params.inviterName}`] : []),
    ...('link' in params ? [params.link] : []),
    'There is no mail server: please pass it on. (GOALPOST_SMTP_URL sets one.)',
  ];
  const rule = '─'.repeat(60);
  return [rule, ...lines.map(plain), rule].join('\n');
}

/** Names that people chose steer no terminal. */
const plain = (text: string): string => text.replace(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu, ' ');
