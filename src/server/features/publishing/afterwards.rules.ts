import type { Manifest } from '#connectors/kit/manifest.ts';
import type { Content } from '#contract/content.ts';
import type { FieldProblem } from '#contract/refusals.ts';
import { isOnItsWay } from './delivery-states.rules.ts';
import { stateOfParts } from './post-state.rules.ts';
import type { DeliveryRow } from './tables.ts';

type Part = Pick<DeliveryRow, 'position' | 'role' | 'state' | 'remote_id' | 'removed_at'>;

/** Parts that are public now. */
export const livePartsOf = <P extends Pick<Part, 'state' | 'removed_at'>>(parts: readonly P[]): P[] =>
  parts.filter((part) => part.state === 'published' && part.removed_at === null);

/**
 * When all that was public of it is taken down: the time of the last part, else null. Parts that were never public do
 * not count.
 */
export function removedAtOf(parts: readonly Pick<Part, 'state' | 'removed_at'>[]): Date | null {
  const out = parts.filter((part) => part.state === 'published');
  if (out.length === 0 || livePartsOf(parts).length > 0) return null;
  return out.reduce<Date | null>((last, { removed_at: at }) => (at && (!last || at > last) ? at : last), null);
}

/** Why something cannot be done to what is live, or null when it can. */
export type Obstacle = 'network-cannot' | 'delivery-on-its-way' | 'delivery-not-in-state';

/**
 * May all of it be taken down? What has not gone out is cancelled with it, so it is no obstacle; what is on its way is,
 * because it can become public after the rest is gone. A part whose id on the network is not known cannot be reached.
 */
export function obstacleToTakingDown(manifest: Manifest | null, parts: readonly Part[]): Obstacle | null {
  const live = livePartsOf(parts);
  if (live.length === 0) return 'delivery-not-in-state';
  if (parts.some((part) => isOnItsWay(part.state))) return 'delivery-on-its-way';
  return manifest?.remove && live.every((part) => part.remote_id !== null) ? null : 'network-cannot';
}

/** May its words be corrected? Only when all that counts of it is out and none of it was taken down. */
export function obstacleToCorrecting(manifest: Manifest | null, parts: readonly Part[]): Obstacle | null {
  const live = livePartsOf(parts);
  if (live.length === 0 || stateOfParts(parts) !== 'published') return 'delivery-not-in-state';
  if (live.length < parts.filter((part) => part.state === 'published').length) return 'delivery-not-in-state';
  return manifest?.correct && live.every((part) => part.remote_id !== null) ? null : 'network-cannot';
}

/** Words, links and descriptions of pictures may change after publication; what the parts and pictures are may not. */
export function problemsOfCorrection(live: Content, parts: readonly Part[], next: Content): FieldProblem[] {
  const out = livePartsOf(parts);
  const count = out.filter((part) => part.role === 'post').length;
  const hasComment = out.some((part) => part.role === 'comment');
  const problems: FieldProblem[] = [];
  if (next.parts.length !== count) problems.push({ field: 'content.parts', code: 'number-stays', params: { count } });
  if ((next.firstComment !== undefined) !== hasComment)
    problems.push({ field: 'content.firstComment', code: hasComment ? 'required' : 'cannot-be-added' });
  for (const position of next.parts.keys()) {
    const idsOf = (content: Content) => content.parts[position]?.media.map((it) => it.mediumId).join(' ') ?? '';
    if (position < count && idsOf(next) !== idsOf(live)) {
      problems.push({ field: `content.parts.${position}.media`, code: 'pictures-stay' });
    }
  }
  return problems;
}

/** The words of what is public, without parts that never went out. */
export function wordsOut(content: Content, parts: readonly Part[]): Content {
  const out = livePartsOf(parts);
  const { firstComment, ...rest } = content;
  return {
    ...rest,
    parts: content.parts.slice(0, out.filter((part) => part.role === 'post').length),
    ...(firstComment !== undefined && out.some((part) => part.role === 'comment') ? { firstComment } : {}),
  };
}

/** `live` with the part at one position as `next` has it: how a correction comes about part by part. */
export function withPart(live: Content, next: Content, part: Pick<Part, 'position' | 'role'>): Content {
  if (part.role === 'comment') {
    const { firstComment: _, ...rest } = live;
    return { ...rest, ...(next.firstComment === undefined ? {} : { firstComment: next.firstComment }) };
  }
  return { ...live, parts: live.parts.map((it, at) => (at === part.position ? (next.parts[at] ?? it) : it)) };
}
