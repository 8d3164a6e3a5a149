import { randomUUID } from 'node:crypto';
import type { Config } from '../config/index.ts';
import type { Context, Jobs, Letter, Mail, MailAnswer } from '../context/context.ts';
import type { SealedPlace, Vault } from '../crypto/index.ts';
import type { Texts } from '../texts/index.ts';
import { sendMail } from './mail-jobs.ts';
import { deleteMail, dropGivenUp, giveUp, insertMail, noteFailure, takeDue, type WaitingMail } from './mail-store.ts';
import { printLetter } from './print-letter.ts';
import { sendBySmtp } from './send-by-smtp.ts';
import { writeLetter } from './write-letter.ts';

export interface MailOptions {
  config: Config;
  vault: Vault;
  jobs: Jobs;
  texts: Texts;
  /** Writes to the operator's console, where links go while there is no mail server; never the log. */
  say: (text: string) => void;
}

/** Makes the house's mail over the operator's SMTP server, or over their console. */
export function createMail({ config, vault, jobs, texts, say }: MailOptions): Mail {
  const { smtp, from } = config.mail;

  const sendNow = async (letter: Letter, id: string = randomUUID()): Promise<MailAnswer & { final: boolean }> => {
    if (!smtp) return { sent: false, said: texts.t(letter.language, 'mail:said.not-set'), final: true };
    const messageId = `<${id}@${new URL(config.publicUrl).hostname}>`;
    return sendBySmtp({ smtp, from, messageId, letter, written: writeLetter(texts, letter), texts });
  };

  const sendOne = async ({ house, log }: Context, mail: WaitingMail): Promise<void> => {
    const letter = readLetter(vault, mail);
    if (!letter) {
      log.error({ mailId: mail.id }, 'a mail cannot be opened with any key and is given up');
      return house.db.outside((tx) => giveUp(tx, mail.id, 'No key opens this mail.'));
    }
    const { template } = letter;
    if (!smtp) {
      say(printLetter(letter));
      return house.db.outside((tx) => deleteMail(tx, mail.id));
    }
    const answer = await sendNow(letter, mail.id);
    if (answer.sent) return house.db.outside((tx) => deleteMail(tx, mail.id));
    // What was said may name the address, so it is kept for the operator and not logged.
    log.warn({ mailId: mail.id, kind: template, attempts: mail.tries }, 'a mail was not accepted');
    await house.db.outside(async (tx) => {
      if (mail.last || answer.final) return giveUp(tx, mail.id, answer.said);
      const startAfter = await noteFailure(tx, mail.id, answer.said);
      if (startAfter) await jobs.enqueue(tx, sendMail, { mailId: mail.id }, { startAfter });
    });
  };

  return {
    configured: smtp !== null,
    from,
    async post(tx, letter) {
      const id = randomUUID();
      const sealed = vault.seal(JSON.stringify(letter), placeOf(id));
      await insertMail(tx, { id, template: letter.template, sealed });
      await jobs.enqueue(tx, sendMail, { mailId: id });
    },
    async sendNow(letter) {
      const { sent, said } = await sendNow(letter);
      return { sent, said };
    },
    async sendWaiting(context, mailId) {
      const { db } = context.house;
      // One after another: what only waits for its turn must not seem forgotten, and be sent by somebody else too.
      for (let round = 0; round < BATCH; round += 1) {
        const [mail] = await db.outside((tx) => takeDue(tx, { mailId, limit: 1 }));
        if (!mail) break;
        await sendOne(context, mail);
      }
      if (mailId === undefined) await db.outside(dropGivenUp);
    },
  };
}

const BATCH = 20;

/** Null when it was sealed with a key that is not here any more. */
function readLetter(vault: Vault, { id, sealed }: WaitingMail): Letter | null {
  try {
    return JSON.parse(vault.open(sealed, placeOf(id))) as Letter;
  } catch {
    return null;
  }
}

/** Where a mail is sealed; it belongs to no workspace. */
const placeOf = (mailId: string): SealedPlace => ({
  workspaceId: 'installation',
  table: 'outgoing_mail',
  column: 'sealed',
  rowId: mailId,
});
