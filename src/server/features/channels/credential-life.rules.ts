import type { CredentialLife } from '#connectors/kit/manifest.ts';

const FIRST_WAIT_MS = 60_000;
const LONGEST_WAIT_MS = 30 * 60_000;
const REFUSED_WAIT_MS = 86_400_000;
const SAME_END_MS = 5 * 60_000;

interface Ends {
  /** When calls can no longer be made with it. */
  expiresAt: Date | null;
  /** From when on nobody but a person renews it. */
  endsAt: Date | null;
}

/**
 * When a credential that was got `now` is renewed, or is looked at because it has ended; null: never. Early by what the
 * network's manifest says, by half of its life at most, and spread over the last third of that: `jitter` is between 0
 * and 1. An answer that names no end leaves it to the manifest, which says how long such a thing lasts.
 */
export function renewAt(
  { now, expiresAt: told, endsAt, jitter }: Ends & { now: Date; jitter: number },
  { renewal, lastsMs, renewBeforeMs }: Pick<CredentialLife, 'renewal' | 'lastsMs' | 'renewBeforeMs'>,
): Date | null {
  if (renewal === 'none') return endsAt ?? told;
  const expiresAt = told ?? (lastsMs === null ? null : new Date(now.getTime() + lastsMs));
  if (expiresAt === null) return endsAt;
  const lifeMs = Math.max(0, expiresAt.getTime() - now.getTime());
  const earlyMs = Math.min(renewBeforeMs, lifeMs / 2) * (1 - jitter / 3);
  return earlier(new Date(expiresAt.getTime() - earlyMs), endsAt);
}

/**
 * When renewing is tried again after it has failed so many times (from 1): after a minute, then twice as long each time,
 * half an hour at most, spread by up to a half. Not after the end, at which it is looked at anyway.
 */
export function tryAgainAt({
  now,
  failures,
  jitter,
  endsAt,
  notBefore = null,
}: {
  now: Date;
  failures: number;
  jitter: number;
  endsAt: Date | null;
  /** The network asked not to be asked before. */
  notBefore?: Date | null;
}): Date {
  const waitMs = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(20, Math.max(0, failures - 1)));
  const at = new Date(Math.max(now.getTime() + waitMs * (1 + jitter / 2), notBefore?.getTime() ?? 0));
  return endsAt !== null && endsAt > now ? earlier(at, endsAt) : at;
}

/**
 * When a credential that the network has refused to renew is asked for once more: after a day, spread by up to a half, for
 * networks refuse by mistake. Null once its end is known to be over by then.
 */
export function askAgainAt({ now, endsAt, jitter }: { now: Date; endsAt: Date | null; jitter: number }): Date | null {
  const at = new Date(now.getTime() + REFUSED_WAIT_MS * (1 + jitter / 2));
  return endsAt !== null && endsAt <= at ? null : at;
}

/**
 * When it ends for want of a person, as far as that is known: an end that renewing moves on is one only while renewing
 * fails.
 */
export function endOf({
  renewal,
  expiresAt,
  endsAt,
  failingSince,
}: Ends & { renewal: CredentialLife['renewal']; failingSince: Date | null }): Date | null {
  if (renewal === 'none') return endsAt ?? expiresAt;
  if (renewal === 'within') return endsAt;
  return failingSince === null ? null : endsAt;
}

/**
 * The end after a renewal that told of `told`. One that renewing does not move stands as long as none is told. Told anew,
 * it is counted from that moment and differs by what the way took: within five minutes (ours) it is the older one still.
 */
export function endAfter(
  { older, told }: { older: Date | null; told: Date | null },
  { renewal }: Pick<CredentialLife, 'renewal'>,
): Date | null {
  if (renewal !== 'within' || older === null) return told;
  return told === null || Math.abs(told.getTime() - older.getTime()) < SAME_END_MS ? older : told;
}

/** Whether it has ended, so that no network need be asked: null is no end. */
export const hasEnded = (end: Date | null, now: Date): boolean => end !== null && end <= now;

const earlier = (one: Date, other: Date | null): Date => (other !== null && other < one ? other : one);
