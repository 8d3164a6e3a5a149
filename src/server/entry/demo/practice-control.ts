import { z } from 'zod';
import type { PracticeControl } from '#server/platform/config/index.ts';

/** What the practice network shows to whoever has its switches, as far as the demo asks. */
const Shown = z.object({
  accounts: z.array(z.object({ handle: z.string(), name: z.string(), kind: z.string() })),
  orders: z.array(z.object({ id: z.number(), name: z.string(), account: z.string().nullable() })),
  ledger: z.array(
    z.object({
      at: z.string(),
      act: z.enum(['create', 'comment', 'edit', 'delete']),
      account: z.string(),
      post: z.string(),
      text: z.string(),
    }),
  ),
});
export type ShownNetwork = z.infer<typeof Shown>;

/** The switches of a running practice network. Everything throws when it does not answer, or says no. */
export interface PracticeSwitches {
  url: string;
  look(): Promise<ShownNetwork>;
  /** Does one thing that control can do; see docs/networks/practice.md. */
  do(verb: string, fields?: object): Promise<void>;
  /** Opens an account as anybody can. */
  openAccount(account: { handle: string; password: string; name: string; kind?: 'keyed' | 'keyless' }): Promise<void>;
}

/** Everybody's password on a café's practice network, which is this machine's alone. */
export const PRACTICE_PASSWORD = 'practice';

/** How long the practice network, which is on this machine, may take. */
const PATIENCE_MS = 15_000;

/** Holds the switches of the practice network that this process started, or was told of at its start. */
export function holdSwitches({ url, secret }: PracticeControl): PracticeSwitches {
  const call = async (path: string, body: object | null): Promise<unknown> => {
    const answer = await fetch(`${url}${path}`, {
      method: body ? 'POST' : 'GET',
      headers: { authorization: `Bearer ${secret}`, ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    const said = await answer.text();
    if (!answer.ok) throw new Error(`The practice network said ${answer.status} to ${path}: ${said.slice(0, 300)}`);
    return said === '' ? {} : JSON.parse(said);
  };
  return {
    url,
    look: async () => Shown.parse(await call('/control', null)),
    async do(verb, fields = {}) {
      await call(`/control/${verb}`, fields);
    },
    async openAccount(account) {
      await call('/api/v1/accounts', account);
    },
  };
}
