import sharp from 'sharp';
import {
  type AccountKind,
  type PracticeAccount,
  type PracticeServer,
  startPractice,
} from '#test/servers/practice/index.ts';
import type { Connected, Found, MediumToSend, PartToSend, Prepared, Sent, SentPart } from '../../kit/contract.ts';
import type { Fault, Outcome, SendFault } from '../../kit/faults.ts';
import type { Http } from '../../kit/http.ts';
import { directHttp, makeAccountCall, makeCall, makePart } from '../../kit/testing/index.ts';
import { practice } from '../index.ts';

/** An account as the product is connected to it. */
export interface Us {
  account: PracticeAccount;
  connected: Connected;
}

/** The real practice network and what tests of the connector do with it. */
export async function openPractice() {
  const server: PracticeServer = await startPractice();
  let names = 0;
  const connect = (values: Record<string, string>) =>
    practice.auth.connect(makeCall(directHttp), { server: server.url, ...values });
  const prepare = async (us: Us, part: PartToSend): Promise<Prepared> =>
    value(await practice.publish.prepare(callOf(us), part));
  const send = (us: Us, prepared: Prepared): Promise<Outcome<Sent, SendFault>> =>
    practice.publish.send(callOf(us), prepared, allowed);
  return {
    server,
    connect,
    async newAccount(kind: AccountKind = 'keyed', readLagMs = 0, more: { rewrites?: boolean } = {}): Promise<Us> {
      names += 1;
      const account = await server.openAccount(`bakery-${names}`, {
        kind,
        readLagMs,
        name: 'Bäckerei \u202eMüller',
        ...more,
      });
      const connected = value(await connect({ identifier: account.handle, password: account.password }));
      return { account, connected };
    },
    prepare,
    send,
    find: async (us: Us, prepared: Prepared): Promise<Found> =>
      value(await practice.publish.find(callOf(us), prepared)),
    publish: async (us: Us, fields: Partial<PartToSend>): Promise<SentPart & Sent> =>
      value(await send(us, await prepare(us, makePart(fields)))),
    /** What the network accepted from an account, by its ledger file. */
    accepted: (us: Us): string[] => server.readLedger(us.account.handle).map(({ text }) => text),
  };
}

export const allowed = { beforeWrite: () => undefined };

export const callOf = ({ connected }: Us, http: Http = directHttp) => makeAccountCall(http, connected);

export async function drawPicture(): Promise<MediumToSend> {
  const image = sharp({ create: { width: 40, height: 30, channels: 3, background: '#d9a066' } });
  return { mime: 'image/jpeg', width: 40, height: 30, alt: 'ขนมปัง, warm', bytes: await image.jpeg().toBuffer() };
}

export function value<T, F>(outcome: Outcome<T, F>): T {
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.fault));
  return outcome.value;
}

export function faultOf<T, F extends Fault>(outcome: Outcome<T, F>): F {
  if (outcome.ok) throw new Error(`Expected a fault, got ${JSON.stringify(outcome.value)}`);
  return outcome.fault;
}
