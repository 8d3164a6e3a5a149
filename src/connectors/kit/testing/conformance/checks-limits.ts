import assert from 'node:assert/strict';
import type { MediumFacts, Part } from '#contract/content.ts';
import type { MediumId } from '#contract/ids.ts';
import type { PartToSend } from '../../contract.ts';
import type { TextUnit } from '../../manifest.ts';
import { countText } from '../../rules/count-text.ts';
import { validateContent } from '../../rules/index.ts';
import type { Check } from './check.ts';
import { replayNothing } from './replay.ts';
import { callOf, faultOf, newPart, picture, publish, type Trial } from './trial.ts';

/**
 * What is over a limit of the manifest is refused by the rule book, and by the connector too, at its field and before a
 * single request is made; what is just within goes out.
 */
export const limitsBeforeTheWire: Check = async (trial) => {
  const { manifest } = trial.connector;
  for (const { unit, max } of manifest.text.limits) {
    const over = textOf(unit, max + 1);
    judged(trial, [bare({ text: over })], 'text-too-long');
    await refused(trial, newPart({ text: over }), 'text');
  }
  await justWithin(trial);
  await tryPictures(trial);
  if (manifest.firstComment) {
    const [limit] = manifest.firstComment.limits;
    assert.ok(limit);
    const over = textOf(limit.unit, limit.max + 1);
    const problems = validateContent(manifest, { parts: [bare({})], firstComment: over }, new Map());
    assert.ok(problems.some(({ code }) => code === 'first-comment-too-long'));
  }
  const parts = (manifest.thread?.maxParts ?? 1) + 1;
  judged(
    trial,
    Array.from({ length: parts }, () => bare({})),
    manifest.thread ? 'thread-too-long' : 'thread-unsupported',
  );
  return 'pass';
};

/** A text at the limit, whatever unit it is counted in, is taken by rule book and network alike. */
async function justWithin(trial: Trial): Promise<void> {
  const { limits } = trial.connector.manifest.text;
  for (const { unit, max } of limits) {
    const text = textOf(unit, max);
    if (limits.some((other) => countText(text, other.unit) > other.max)) continue;
    assert.deepEqual(validateContent(trial.connector.manifest, { parts: [bare({ text })] }, new Map()), []);
    await publish(trial, await trial.account(), newPart({ text }));
  }
}

async function tryPictures(trial: Trial): Promise<void> {
  const { images, link } = trial.connector.manifest;
  const one = await picture();
  if (!images) {
    await refused(trial, newPart({ media: [one] }), 'media');
    return;
  }
  const many = Array.from({ length: images.max + 1 }, () => one);
  const mediumIds = many.map((_, at) => `00000000-0000-4000-8000-${String(at).padStart(12, '0')}` as MediumId);
  judged(trial, [bare({ media: mediumIds.map((mediumId) => ({ mediumId, alt: 'x' })) })], 'images-too-many');
  await refused(trial, newPart({ media: many }), 'media');
  const alt = textOf(images.alt.unit, images.alt.max + 1);
  const [mediumId] = mediumIds;
  assert.ok(mediumId);
  judged(trial, [bare({ media: [{ mediumId, alt }] })], 'alt-too-long');
  await refused(trial, newPart({ media: [{ ...one, alt }] }), 'media.0.alt');
  const large = { ...one, bytes: new Uint8Array(images.maxBytes + 1) };
  await refused(trial, newPart({ media: [one, large].slice(-Math.min(2, images.max)) }), /^media\.[01]$/);
  await refused(trial, newPart({ media: [{ ...one, mime: 'image/tiff' }] }), 'media.0');
  if (!link?.card) return;
  const image = { ...one, bytes: new Uint8Array(link.maxImageBytes + 1) };
  const card = { url: 'https://shop.example/', title: 'Menu', description: '', image };
  await refused(trial, newPart({ link: card }), 'link');
}

/** The rule book finds it. */
function judged({ connector }: Trial, parts: Part[], code: string): void {
  const facts: MediumFacts = { mime: 'image/jpeg', sizeBytes: 1, width: 1, height: 1 };
  const known = new Map(parts.flatMap(({ media }) => media.map(({ mediumId }) => [mediumId, facts] as const)));
  const problems = validateContent(connector.manifest, { parts }, known);
  const found = problems.find((problem) => problem.code === code && problem.severity === 'error');
  assert.ok(found, `The rule book does not say ${code}: ${JSON.stringify(problems)}`);
}

/** The connector refuses it at its field, having asked nobody. */
async function refused(trial: Trial, part: PartToSend, field: string | RegExp): Promise<void> {
  const http = replayNothing();
  const account = await trial.account();
  const call = callOf(trial, account, { http });
  const outcomes = [
    await trial.connector.publish.prepare(call, part),
    ...(trial.connector.publish.correct ? [await trial.connector.publish.correct(call, 'a-post', part)] : []),
  ];
  for (const outcome of outcomes) {
    const fault = faultOf(outcome);
    assert.ok(fault.kind === 'content-rejected', JSON.stringify(fault));
    if (typeof field === 'string') assert.equal(fault.field, field);
    else assert.match(fault.field, field);
  }
  assert.equal(http.asked.length, 0, `${http.asked.length} requests were made for a part over a limit.`);
}

const bare = (part: Partial<Part>): Part => ({ text: 'Bread', media: [], link: null, ...part });

/** A text that counts exactly so much, made of more than one byte a letter where the unit allows. */
function textOf(unit: TextUnit, count: number): string {
  if (unit !== 'byte') return 'é'.repeat(count);
  return 'é'.repeat(Math.floor(count / 2)) + 'e'.repeat(count % 2);
}
