import { createORPCClient } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import type { JsonifiedClient } from '@orpc/openapi-client';
import { OpenAPILink } from '@orpc/openapi-client/fetch';
import { type Contract, contract } from '#contract/index.ts';
import type { Language } from '#contract/terms.ts';
import { runPublishingRound } from '#server/features/publishing/index.ts';
import type { House } from '#server/platform/context/index.ts';
import { handOnFacts } from '#server/platform/facts/index.ts';
import type { HttpFace } from '#server/platform/http/index.ts';
import type { MovedClock } from './clock-store.ts';
import type { PracticeSwitches } from './practice-control.ts';

/** Every operation, as a signed-in person calls it. */
export type Client = JsonifiedClient<ContractRouterClient<Contract>>;

/** A house whose time is in our hand: nothing in it happens by itself. */
export interface MovedHouse {
  house: House;
  switches: PracticeSwitches;
  /** Its time now. */
  now(): Date;
  /** Moves its time, and that of its practice network, forward; never back and never beyond the real time. */
  moveTo(at: Date): Promise<void>;
  /** Publishes and looks at what is due. */
  publish(): Promise<void>;
  /** Hands on facts and runs jobs until nothing waits. */
  settle(): Promise<void>;
  /** Runs what the house does by itself every day. */
  runDaily(): Promise<void>;
  /** Opens the first account, and gives the client of its owner. */
  signUp(person: { name: string; email: string; password: string; language: Language }): Promise<Client>;
  /** Has somebody look at a public address. */
  visit(path: string): Promise<void>;
}

const browser = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';

/** Takes a house in hand that has no workers. Calls reach it through its HTTP face as everybody's do. */
export function holdHouse(options: {
  house: House;
  face: HttpFace;
  hearers: Parameters<typeof handOnFacts>[1];
  daily: (house: House) => Promise<void>;
  clock: MovedClock;
  calendar: { aheadMs: number };
  switches: PracticeSwitches;
}): MovedHouse {
  const { house, face, clock, calendar, switches } = options;
  const origin = house.config.publicUrl;
  const call = (path: string, init: RequestInit = {}) => {
    const headers = new Headers(init.headers);
    headers.set('host', new URL(origin).host);
    headers.set('user-agent', browser);
    if (init.method === 'POST') headers.set('origin', origin);
    return face.app.fetch(new Request(new URL(path, origin), { ...init, headers }));
  };
  const now = () => new Date(Date.now() + calendar.aheadMs);
  const settle = async () => {
    for (let ran = 1; ran > 0; ) ran = (await handOnFacts(house, options.hearers)) + (await house.jobs.runDue());
  };
  return {
    house,
    switches,
    now,
    settle,
    async moveTo(at) {
      const aheadMs = Math.min(0, Math.max(calendar.aheadMs, at.getTime() - Date.now()));
      if (aheadMs === calendar.aheadMs) return;
      calendar.aheadMs = aheadMs;
      await Promise.all([clock.setAhead(aheadMs), switches.do('calendar', { ms: Math.round(aheadMs) })]);
    },
    async publish() {
      await runPublishingRound(house);
    },
    runDaily: () => options.daily(house),
    async signUp({ language, ...person }) {
      const answer = await call('/api/auth/sign-up/email', {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'accept-language': language },
        body: JSON.stringify(person),
      });
      if (!answer.ok) throw new Error(`The café's owner got no account: ${await answer.text()}`);
      const cookie = answer.headers.getSetCookie().map((each) => each.split(';')[0]);
      return createORPCClient(
        new OpenAPILink(contract, {
          url: `${origin}/api`,
          headers: { cookie: cookie.join('; '), origin, host: new URL(origin).host },
          fetch: async (request) => face.app.fetch(request),
        }),
      );
    },
    async visit(path) {
      const answer = await call(path, { headers: { accept: 'text/html' } });
      if (!answer.ok) throw new Error(`${path} answered ${answer.status}`);
      await answer.arrayBuffer();
    },
  };
}
