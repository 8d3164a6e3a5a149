import type { Question } from '#contract/operations.ts';

type Change = Question<'notices', 'choose'>;

/** Keeps a change of the settings at once, and offers what takes it back. */
export type Choose = (change: Change, back: Change) => Promise<void>;
