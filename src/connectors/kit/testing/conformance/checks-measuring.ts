import assert from 'node:assert/strict';
import { parseDocument } from 'htmlparser2';
import type { MetricId } from '#contract/metrics.ts';
import type { Reading } from '../../contract.ts';
import type { Check } from './check.ts';
import { withoutNumbers } from './mutate-answer.ts';
import { type Recorded, recording, replaying } from './replay.ts';
import { assertWellFormed } from './result-shapes.ts';
import {
  callOf,
  eventually,
  hostileName,
  hostileWords,
  must,
  newPart,
  newWords,
  publish,
  type Trial,
  type TrialAccount,
} from './trial.ts';

const metricsOf = ({ connector }: Trial, of: 'post' | 'account'): MetricId[] =>
  connector.manifest.metrics.flatMap((each) => (each.of === of ? [each.metric] : []));

/** Every figure that the manifest names is given, and what people do shows in it. */
export const insightsPost: Check = async (trial) => {
  const { insights } = trial.connector;
  const metrics = metricsOf(trial, 'post');
  if (!insights || metrics.length === 0) return 'absent';
  const account = await trial.account();
  const [liked, quiet] = [await publish(trial, account, newPart()), await publish(trial, account, newPart())];
  const ids = [liked.sent.remoteId, quiet.sent.remoteId];
  const done = await account.engage(liked.sent.remoteId, { name: hostileName, text: newWords('Nice') });
  await eventually(trial, async () => {
    const outcome = await insights.posts(callOf(trial, account), ids);
    assertWellFormed('posts', outcome);
    const figures = new Map(must(outcome).map(({ remoteId, readings }) => [remoteId, readings]));
    for (const remoteId of ids) {
      const readings = figures.get(remoteId) ?? {};
      assert.deepEqual(Object.keys(readings).sort(), [...metrics].sort(), 'Other figures than the manifest names.');
    }
    for (const [metric, value] of Object.entries(done.figures)) {
      assert.deepEqual(figures.get(ids[0] ?? '')?.[metric as MetricId], { state: 'value', value }, metric);
      assert.deepEqual(figures.get(ids[1] ?? '')?.[metric as MetricId], { state: 'value', value: 0 }, metric);
    }
  });
  return 'pass';
};

export const insightsAccount: Check = async (trial) => {
  const { insights } = trial.connector;
  const metrics = metricsOf(trial, 'account');
  if (!insights || metrics.length === 0) return 'absent';
  const account = await trial.account();
  const outcome = await insights.account(callOf(trial, account));
  assertWellFormed('account', outcome);
  assert.deepEqual(Object.keys(must(outcome)).sort(), [...metrics].sort());
  return 'pass';
};

/** Who did what, in the words in which they did it and under the name that they gave themselves. */
export const engagements: Check = async (trial) => {
  const { insights } = trial.connector;
  if (!insights?.engagements) return 'absent';
  const { engagements: list } = insights;
  const account = await trial.account();
  const { sent } = await publish(trial, account, newPart());
  const text = newWords(hostileWords);
  const done = await account.engage(sent.remoteId, { name: hostileName, text });
  await eventually(trial, async () => {
    const outcome = await list(callOf(trial, account), sent.remoteId, 10);
    assertWellFormed('engagements', outcome);
    const acts = must(outcome);
    assert.deepEqual(acts.map(({ kind }) => kind).sort(), [...done.acts].sort());
    const words = acts.filter((act) => act.kind === 'reply').map((act) => act.text);
    if (done.acts.includes('reply')) assert.deepEqual(words, [text]);
    const times = acts.map(({ at }) => at?.getTime() ?? Number.NEGATIVE_INFINITY);
    assert.deepEqual(
      times,
      times.toSorted((a, b) => b - a),
      'Not the newest first.',
    );
    assert.equal(new Set(acts.map(({ remoteId }) => remoteId)).size, acts.length, 'An act has no id of its own.');
    assert.ok(must(await list(callOf(trial, account), sent.remoteId, 1)).length <= 1, 'The limit is not kept.');
  });
  return 'pass';
};

/** A figure that the network does not give, gives wrongly, or has no more, is never a number. */
export const metricMissingIsNotZero: Check = async (trial) => {
  const { insights, publish: publishing } = trial.connector;
  if (!insights) return 'absent';
  const account = await trial.account();
  const { sent } = await publish(trial, account, newPart());
  if (trial.hasWire) {
    await eventually(trial, async () => {
      const [first] = must(await insights.posts(callOf(trial, account), [sent.remoteId]));
      assert.ok(Object.keys(first?.readings ?? {}).length > 0);
    });
    await withoutFigures(trial, account, sent.remoteId);
  }
  if (publishing.remove) must(await publishing.remove(callOf(trial, account), sent.remoteId));
  const nowhere = publishing.remove ? [sent.remoteId] : [];
  await eventually(trial, async () => {
    for (const { readings } of must(await insights.posts(callOf(trial, account), nowhere))) assertNoValue(readings);
  });
  return 'pass';
};

async function withoutFigures(trial: Trial, account: TrialAccount, remoteId: string): Promise<void> {
  const { insights } = trial.connector;
  assert.ok(insights);
  const asked = [
    async (call: ReturnType<typeof callOf>) => {
      const outcome = await insights.posts(call, [remoteId]);
      assertWellFormed('posts', outcome);
      return outcome.ok ? outcome.value.map(({ readings }) => readings) : [];
    },
    async (call: ReturnType<typeof callOf>) => {
      const outcome = await insights.account(call);
      assertWellFormed('account', outcome);
      return outcome.ok ? [outcome.value] : [];
    },
  ];
  for (const ask of asked) {
    const real = recording(trial.house.http);
    await ask(callOf(trial, account, { http: real }));
    for (const script of withoutAnyNumber(real.exchanges)) {
      const http = replaying(trial.house.http, trial.hostile, script);
      for (const readings of await ask(callOf(trial, account, { http }))) assertNoValue(readings);
    }
  }
}

function withoutAnyNumber(exchanges: Recorded[]) {
  const bodies = exchanges.map(({ answer }) => withoutNumbers(String(answer.body)));
  const ways = bodies[0]?.length ?? 0;
  const scripts = Array.from({ length: ways }, (_, way) =>
    exchanges.map(({ answer }, at) => ({ ...answer, body: bodies[at]?.[way]?.body ?? answer.body })),
  );
  const failing = [403, 404, 429, 500].map((status) =>
    exchanges.map(({ answer }) => ({ ...answer, status, body: {} })),
  );
  return [...scripts, ...failing];
}

function assertNoValue(readings: Partial<Record<string, Reading>>): void {
  const numbers = Object.entries(readings).filter(([, reading]) => reading?.state === 'value');
  assert.deepEqual(numbers, [], 'A figure that was not given became a number.');
}

/** Whoever calls themselves markup is shown as text: in the preview, on the own page, in the list of who did what. */
export const hostileMarkupInNames: Check = async (trial) => {
  const account = await trial.account();
  const { connector, house, open } = trial;
  const { name, handle } = account.connected.account;
  const text = newWords(hostileWords);
  const link = 'https://shop.example/"onmouseover="alert(1)';
  const parts = [
    { text, media: [], link: null },
    { text: hostileName, media: [], link },
  ];
  const html = await house.drawPreview(connector.manifest.id, {
    content: { parts, firstComment: hostileWords },
    language: 'th',
    account: { name, handle: hostileName || handle },
    media: new Map(),
    pages: new Map([[link, { title: hostileName, description: hostileWords, imageUrl: null }]]),
  });
  assertInert(html);
  assert.ok(textOf(html).includes('<script>alert(1)</script>'), 'The preview lost words.');
  const { sent } = await publish(trial, account, newPart({ text }));
  if (open.visit && sent.address) {
    const page = await open.visit(sent.address);
    assertInert(page);
    for (const words of ['<script>alert(1)</script>', '<img src=x onerror=alert(1)>'])
      assert.ok(textOf(page).includes(words), `The page lost ${words}`);
  }
  const list = connector.insights?.engagements;
  if (!list) return 'pass';
  await account.engage(sent.remoteId, { name: hostileName, text: hostileWords });
  await eventually(trial, async () => {
    const acts = must(await list(callOf(trial, account), sent.remoteId, 10));
    assert.ok(acts.length > 0 && acts.every(({ actor }) => actor.name === hostileName.replace('\u202e', '')));
  });
  return 'pass';
};

type Node = ReturnType<typeof parseDocument>['children'][number];

/** Fails when HTML holds what runs, or anything that came from words. */
function assertInert(html: string): void {
  const walk = (node: Node): void => {
    if ('attribs' in node) {
      assert.ok(!['script', 'iframe', 'object', 'embed', 'b', 'i'].includes(node.name), `There is a <${node.name}>.`);
      for (const [attribute, value] of Object.entries(node.attribs)) {
        assert.ok(!attribute.startsWith('on') && attribute !== 'srcdoc', `There is ${attribute}="${value}".`);
        if (['href', 'src'].includes(attribute)) assert.match(value, /^(https?:\/\/|\/)/);
      }
    }
    if ('children' in node) for (const child of node.children) walk(child as Node);
  };
  for (const node of parseDocument(html).children) walk(node);
}

function textOf(html: string): string {
  const read = (node: Node): string => {
    if (node.type === 'text') return node.data;
    return 'children' in node ? node.children.map((child) => read(child as Node)).join('') : '';
  };
  return parseDocument(html, { decodeEntities: true }).children.map(read).join('');
}
