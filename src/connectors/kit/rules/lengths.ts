import type { Manifest, TextUnit } from '../manifest.ts';
import { countText } from './count-text.ts';

/** How much of one limit a text takes. */
export interface Length {
  unit: TextUnit;
  count: number;
  max: number;
  /** Negative when the text is too long. */
  left: number;
}

/** How much of each of the network's limits a text takes, the tightest first: what a counter beside the text shows. */
export function lengths(manifest: Pick<Manifest, 'text'>, text: string): Length[] {
  return manifest.text.limits
    .map(({ unit, max }) => {
      const count = countText(text, unit);
      return { unit, count, max, left: max - count };
    })
    .sort((a, b) => b.count / b.max - a.count / a.max);
}
