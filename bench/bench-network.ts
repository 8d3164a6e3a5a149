import type { AccountCall, Connector, Prepared, Sent } from '#connectors/kit/contract.ts';
import { type Fault, fail, type Outcome, ok } from '#connectors/kit/faults.ts';
import type { HttpRequest } from '#connectors/kit/http.ts';

const facts = { source: 'made for measuring', checkedOn: '2026-11-22' };

const counted = ['likes', 'reposts', 'replies', 'post-views'] as const;
let seen = 0;

/** A network whose server is the one outside: a post is one call under a key of ours. */
export const benchNetwork: Connector = {
  manifest: {
    id: 'bench',
    name: 'Bench',
    facts,
    manner: { strength: 'words' },
    connect: {
      kind: 'form',
      fields: [],
      life: { renewal: 'lengthens', lastsMs: null, renewableMs: null, renewBeforeMs: 0, ...facts },
    },
    text: { limits: [{ unit: 'grapheme', max: 300 }], optionalWithMedia: false },
    reconcile: { by: 'read-by-key', absenceIsConclusive: true, readLagMs: 0 },
    remove: false,
    correct: false,
    metrics: [],
    sendsAtOnce: 1,
    cadence: { perWeek: 7, ...facts },
  },
  auth: {
    kind: 'form',
    connect: async () => fail(notMeant),
    refresh: async (call) => ok({ credential: call.credential, expiresAt: null }),
  },
  publish: {
    prepare: async (_call, part) => ok({ key: part.seed, request: { text: part.text }, mediaIds: [] }),
    async send(call, prepared, { beforeWrite }) {
      const exchange = await call.http.request({ ...shape(call, prepared), method: 'POST', beforeWrite });
      if (!exchange.ok) {
        const { reached, detail } = exchange.failure;
        return fail({ kind: reached === 'no' ? 'temporarily-down' : 'outcome-unknown', said: detail, reached });
      }
      return ok(sentOf(prepared));
    },
    async find(
      call,
      prepared,
    ): Promise<Outcome<{ found: true; sent: Sent } | { found: false; conclusive: boolean }, Fault>> {
      const exchange = await call.http.request({ ...shape(call, prepared), method: 'GET' });
      if (!exchange.ok) return fail({ kind: 'temporarily-down', said: exchange.failure.detail });
      return ok(
        exchange.response.status === 200 ? { found: true, sent: sentOf(prepared) } : { found: false, conclusive: true },
      );
    },
  },
};

/** The same with figures: four counts of each post, grown each time. Looking at them calls nobody. */
export const countingNetwork: Connector = {
  ...benchNetwork,
  manifest: {
    ...benchNetwork.manifest,
    id: 'bench-counting',
    metrics: counted.map((metric) => ({ metric, of: 'post', theirName: metric })),
  },
  insights: {
    async posts(_call, remoteIds) {
      seen += 1;
      const readings = Object.fromEntries(counted.map((metric) => [metric, { state: 'value' as const, value: seen }]));
      return ok(remoteIds.map((remoteId) => ({ remoteId, readings })));
    },
    account: async () => ok({}),
  },
};

const notMeant = { kind: 'permission-missing' as const, permission: 'bench', said: 'Channels are written directly.' };

const sentOf = ({ key }: Prepared): Sent => ({ remoteId: key ?? '', address: null, receipt: null });

const shape = (
  { account, credential, signal }: AccountCall,
  { key, request }: Prepared,
): Omit<HttpRequest, 'method'> => ({
  url: `${account.server}/posts`,
  headers: { authorization: `Bearer ${(credential as { token: string }).token}` },
  json: { key, ...(request as { text: string }) },
  signal,
});
