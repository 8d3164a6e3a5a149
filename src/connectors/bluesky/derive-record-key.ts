const alphabet = '234567abcdefghijklmnopqrstuvwxyz';

/**
 * The key of the record a part becomes, the same over all its attempts: 53 bits of microseconds and 10 bits that tell
 * writers of one microsecond apart, in 13 sortable characters, as the network's timestamp identifiers are made. What
 * `createdAt` does not say comes from the seed. Source: https://atproto.com/specs/tid, 2026-11-22.
 */
export function deriveRecordKey({ createdAt, seed }: { createdAt: Date; seed: string }): string {
  const random = BigInt(`0x${seed}`);
  const micros = BigInt(createdAt.getTime()) * 1_000n + (random % 1_000n);
  const clock = (random / 1_000n) % 1_024n;
  let rest = ((micros % (1n << 53n)) << 10n) | clock;
  let key = '';
  for (let place = 0; place < 13; place += 1) {
    key = alphabet.charAt(Number(rest % 32n)) + key;
    rest /= 32n;
  }
  return key;
}
