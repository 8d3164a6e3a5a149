import type { Serves } from '#contract/posts.ts';

/** Something a post can serve, as a line to choose. */
export interface ServesChoice {
  value: string;
  label: string;
  kind: 'goal' | 'initiative' | 'none' | 'undecided';
  isRecent: boolean;
}

const shownAsRecent = 3;

/** What was chosen last stands first, then goals, then initiatives; last, that it serves none. */
export function orderChoices(choices: Omit<ServesChoice, 'isRecent'>[], recent: readonly string[]): ServesChoice[] {
  const last = recent
    .slice(0, shownAsRecent)
    .flatMap((value) => choices.filter((it) => it.value === value && it.kind !== 'undecided'));
  const rest = choices.filter((it) => !last.includes(it));
  return [...last.map((it) => ({ ...it, isRecent: true })), ...rest.map((it) => ({ ...it, isRecent: false }))];
}

export function writeServes(serves: Serves): string {
  if (serves.kind === 'goal') return `goal ${serves.goalId}`;
  if (serves.kind === 'initiative') return `initiative ${serves.initiativeId}`;
  return serves.kind;
}

export function readServes(text: string): Serves {
  const [kind, id] = text.split(' ');
  if (kind === 'goal') return { kind, goalId: id } as Serves;
  if (kind === 'initiative') return { kind, initiativeId: id } as Serves;
  return { kind: kind === 'none' ? 'none' : 'undecided' };
}

const shelf = (workspaceId: string) => `goalpost.recent-serves.${workspaceId}`;

/** What posts of this workspace were last said to serve, in this browser; the latest first. */
export function readRecent(workspaceId: string): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(shelf(workspaceId)) ?? '[]');
    return Array.isArray(kept) ? kept.filter((it) => typeof it === 'string') : [];
  } catch {
    return [];
  }
}

export function keepRecent(workspaceId: string, value: string): void {
  const kept = [value, ...readRecent(workspaceId).filter((it) => it !== value)].slice(0, shownAsRecent);
  try {
    localStorage.setItem(shelf(workspaceId), JSON.stringify(kept));
  } catch {
    // A full or forbidden store: the list is in its usual order.
  }
}
