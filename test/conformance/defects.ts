import { runInThisContext } from 'node:vm';
import type { Connector } from '#connectors/kit/contract.ts';
import { fail, ok } from '#connectors/kit/faults.ts';
import type { Capability, HouseParts } from '#connectors/kit/testing/conformance/index.ts';
import { asIs, auth, calling, insights, letting, outliving, publish, walked } from './break-connector.ts';

/** One thing that a connector could do wrong, and the capability that must not survive it. */
export interface Defect {
  capability: Capability;
  about: string;
  of(connector: Connector): Connector;
  house?(house: HouseParts): HouseParts;
}

/** What the suite must notice: one for every capability. */
export const defects: readonly Defect[] = [
  {
    capability: 'manifest-agrees-with-facets',
    about: 'a manifest that denies a correction',
    of: (connector) => ({ ...connector, manifest: { ...connector.manifest, correct: false } }),
  },
  {
    capability: 'connect',
    about: 'a name that turns the reading direction',
    of: auth((real) => ({
      async connect(call, values) {
        const outcome = await real.connect(call, values);
        if (!outcome.ok) return outcome;
        return ok({ ...outcome.value, account: { ...outcome.value.account, name: 'Bakery \u202e' } });
      },
    })),
  },
  {
    capability: 'connect-refused-wrong-secret',
    about: 'a wrong password told at another field',
    of: auth((real) => ({
      async connect(call, values) {
        const outcome = await real.connect(call, values);
        const isField = !outcome.ok && outcome.fault.kind === 'content-rejected';
        return isField ? fail({ ...outcome.fault, field: 'server' }) : outcome;
      },
    })),
  },
  {
    capability: 'refresh',
    about: 'a renewal that keeps the old credential',
    of: auth(() => ({ refresh: async (call) => ok({ credential: call.credential, expiresAt: null }) })),
  },
  {
    capability: 'publish-text',
    about: 'words that were escaped on the way',
    of: publish((real) => ({
      prepare: (call, part) => real.prepare(call, { ...part, text: part.text.replaceAll('<', '&lt;') }),
    })),
  },
  {
    capability: 'publish-image-alt',
    about: 'pictures without their words',
    of: publish((real) => ({
      prepare: (call, part) => real.prepare(call, { ...part, media: part.media.map((it) => ({ ...it, alt: '' })) }),
    })),
  },
  {
    capability: 'publish-link-card',
    about: 'a card that is left out',
    of: publish((real) => ({ prepare: (call, part) => real.prepare(call, { ...part, link: null }) })),
  },
  {
    capability: 'thread',
    about: 'parts that do not hang together',
    of: publish((real) => ({ prepare: (call, part) => real.prepare(call, { ...part, before: [] }) })),
  },
  {
    capability: 'first-comment',
    about: 'a comment beneath the last part',
    of: publish((real) => ({ prepare: (call, part) => real.prepare(call, { ...part, role: 'post' }) })),
  },
  {
    capability: 'still-processing',
    about: 'work that is taken for done',
    of: publish(() => ({ check: async () => ok({ remoteId: 'p1', address: null, receipt: null }) })),
  },
  {
    capability: 'limits-before-the-wire',
    about: 'a connector that asks before it measures',
    of: publish((real) => ({
      async prepare(call, part) {
        await call.http.request({ method: 'GET', url: 'http://127.0.0.1:1/', signal: call.signal });
        return real.prepare(call, part);
      },
    })),
  },
  {
    capability: 'every-known-error-maps',
    about: 'a blocked post called not published',
    of: publish((real) => ({
      async send(call, prepared, guard) {
        const outcome = await real.send(call, prepared, guard);
        const isBlocked = !outcome.ok && outcome.fault.kind === 'content-rejected';
        return isBlocked ? fail({ ...outcome.fault, reached: 'no' as const }) : outcome;
      },
    })),
  },
  {
    capability: 'lost-answer-reconciled',
    about: 'a look that does not look',
    of: publish(() => ({ find: async () => ok({ found: false, conclusive: true }) })),
  },
  {
    capability: 'lost-answer-reconciled',
    about: 'a look that knows where nothing can be read',
    of: publish((real) => ({
      async find(call, prepared) {
        const outcome = await real.find(call, prepared);
        return outcome.ok && !outcome.value.found ? ok({ found: false, conclusive: true }) : outcome;
      },
    })),
  },
  {
    capability: 'repeat-is-harmless',
    about: 'a key that is not sent',
    of: publish((real) => ({ send: (call, prepared, guard) => real.send(call, { ...prepared, key: null }, guard) })),
  },
  {
    capability: 'find-present',
    about: 'a look that finds another post',
    of: publish(() => ({
      find: async () => ok({ found: true, sent: { remoteId: 'p1', address: null, receipt: null } }),
    })),
  },
  {
    capability: 'find-absent-conclusive',
    about: 'an absence that proves less than the manifest says',
    of: publish(() => ({ find: async () => ok({ found: false, conclusive: false }) })),
  },
  {
    capability: 'remove',
    about: 'a removal that removes nothing',
    of: publish(() => ({ remove: async () => ok(null) })),
  },
  {
    capability: 'remove-twice',
    about: 'a second removal that fails',
    of: publish((real) => {
      const gone = new Set<string>();
      return {
        async remove(call, remoteId) {
          if (gone.has(remoteId)) return fail({ kind: 'contract-broken', path: 'status 404', said: '' });
          gone.add(remoteId);
          return real.remove?.(call, remoteId) ?? ok(null);
        },
      };
    }),
  },
  {
    capability: 'correct',
    about: 'a correction that makes a second post',
    of: publish((real) => ({
      async correct(call, _remoteId, part) {
        const prepared = await real.prepare(call, part);
        return prepared.ok ? real.send(call, prepared.value, { beforeWrite: () => undefined }) : prepared;
      },
    })),
  },
  {
    capability: 'insights-post',
    about: 'likes that are never counted',
    of: insights((real) => ({
      async posts(call, ids) {
        const outcome = await real.posts(call, ids);
        if (!outcome.ok) return outcome;
        const none = { state: 'value', value: 0 } as const;
        return ok(outcome.value.map((it) => ({ ...it, readings: { ...it.readings, likes: none } })));
      },
    })),
  },
  {
    capability: 'insights-account',
    about: 'a figure that the manifest names and nobody gives',
    of: insights(() => ({ account: async () => ok({}) })),
  },
  {
    capability: 'engagements',
    about: 'answers without their words',
    of: insights((real) => ({
      async engagements(call, remoteId, limit) {
        const outcome = (await real.engagements?.(call, remoteId, limit)) ?? ok([]);
        return outcome.ok ? ok(outcome.value.map((act) => ({ ...act, text: null }))) : outcome;
      },
    })),
  },
  {
    capability: 'metric-missing-is-not-zero',
    about: 'a figure that is missing stored as zero',
    of: insights((real) => ({
      async account(call) {
        const outcome = await real.account(call);
        if (outcome.ok && outcome.value.followers?.state === 'value') return outcome;
        return ok({ followers: { state: 'value', value: 0 } });
      },
    })),
  },
  {
    capability: 'hostile-wrong-types',
    about: 'a throw where a fault belongs',
    of: insights((real) => ({
      async account(call) {
        const outcome = await real.account(call);
        if (!outcome.ok && outcome.fault.kind === 'contract-broken') throw new TypeError(outcome.fault.said);
        return outcome;
      },
    })),
  },
  {
    capability: 'hostile-50MB',
    about: 'fifty megabytes that are let come',
    of: insights((real) => ({
      posts: (call, ids) => real.posts({ ...call, http: letting(call.http) }, ids),
      account: (call) => real.account({ ...call, http: letting(call.http) }),
    })),
  },
  {
    capability: 'hostile-deep-nesting',
    about: 'an answer that is walked to its bottom',
    of: insights((real) => ({
      async account(call) {
        const http = {
          request: (request: Parameters<typeof call.http.request>[0]) => walked(call.http.request(request)),
        };
        return real.account({ ...call, http });
      },
    })),
  },
  {
    capability: 'hostile-markup-in-names',
    about: 'a preview that takes a name for markup',
    of: asIs,
    house: (house) => ({
      ...house,
      drawPreview: async (network, props) => `${await house.drawPreview(network, props)}<p>${props.account.name}</p>`,
    }),
  },
  {
    capability: 'hostile-truncated',
    about: 'a broken line taken for a refusal',
    of: publish((real) => ({
      async send(call, prepared, guard) {
        const outcome = await real.send(call, prepared, guard);
        return outcome.ok ? outcome : fail({ ...outcome.fault, reached: 'no' as const });
      },
    })),
  },
  {
    capability: 'slow-answer-times-out',
    about: 'a call that waits for two minutes',
    of: insights((real) => ({
      account: (call) =>
        real.account({
          ...call,
          http: { request: (request) => call.http.request({ ...request, timeoutMs: 120_000 }) },
        }),
    })),
  },
  {
    capability: 'secrets-never-logged',
    about: 'a credential in the log',
    of: publish((real) => ({
      find(call, prepared) {
        call.log.debug({ credential: call.credential }, 'looking');
        return real.find(call, prepared);
      },
    })),
  },
  {
    capability: 'deadline-guard',
    about: 'a send that asks nobody for leave',
    of: publish((real) => ({ send: (call, prepared) => real.send(call, prepared, { beforeWrite: () => undefined }) })),
  },
  { capability: 'abort-signal-honoured', about: 'calls that outlive their time', of: calling(outliving) },
  {
    capability: 'clock-from-call',
    about: 'a look at the machine’s clock',
    of: insights((real) => ({
      account(call) {
        runInThisContext('Date.now()', { filename: '/src/connectors/practice/insights.ts' });
        return real.account(call);
      },
    })),
  },
];
