import type { ChannelProblem } from './check-draft.ts';

/** Where one mends a problem: whose words are to be shown, and what field takes the focus. */
export interface ProblemPlace {
  /** A channel with words of its own, or the base. */
  tab: string;
  part: number;
  /** The picture whose description it is about. */
  picture: number | null;
}

/** Finds the place of a problem. `hasOwn`: the channel says words of its own. */
export function placeOf({ field, channelId }: ChannelProblem, hasOwn: boolean): ProblemPlace {
  const [, part = '0', , picture = null] = /^parts(?:\.(\d+))?(\.media\.(\d+))?/.exec(field) ?? [];
  return {
    tab: hasOwn ? channelId : 'base',
    part: Number(part),
    picture: picture === null ? null : Number(picture),
  };
}

/** Puts the focus where the problem is; the words it is in must be on the screen. */
export function focusPlace({ part, picture }: ProblemPlace): void {
  const parts = document.querySelectorAll('.part[data-part]');
  const place = parts[part] ?? parts[0];
  const pictures = place?.querySelectorAll<HTMLElement>('.picture textarea') ?? [];
  const field = picture === null ? undefined : pictures[picture];
  (field ?? place?.querySelector<HTMLElement>('textarea'))?.focus();
}
