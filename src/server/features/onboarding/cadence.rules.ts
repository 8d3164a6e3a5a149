/** How often one can post in the time there is. */
export interface Cadence {
  /** Posts a week; ½ is one in two weeks, ¼ one in four. */
  perWeek: number;
  minutes: number;
  /** Nobody said how many minutes there are. */
  isGuess: boolean;
  minutesPerPost: number;
  /** Kept free for answering people. */
  minutesForReplies: number;
}

/** What is assumed of who does not say (ours). */
const USUAL_MINUTES = 60;
/** Thinking of a post, writing it and taking its picture (ours). */
const FIRST_CHANNEL_MINUTES = 20;
/** Saying it on one channel more (ours). */
const NEXT_CHANNEL_MINUTES = 5;
/** A fifth of the time belongs to who answers (ours). */
const REPLIES_SHARE = 0.2;
/** One on each working day is plenty to begin with (ours). */
const MOST_A_WEEK = 5;

/**
 * The cadence that fits the minutes a week: a fifth is kept for replies, what is left is divided by what a post costs
 * on so many channels. Less than a post a week becomes one in two or in four weeks, never none.
 */
export function fitCadence(given: number | null, channels: number): Cadence {
  const minutes = given ?? USUAL_MINUTES;
  const minutesForReplies = Math.round(minutes * REPLIES_SHARE);
  const minutesPerPost = FIRST_CHANNEL_MINUTES + NEXT_CHANNEL_MINUTES * (channels - 1);
  const fits = (minutes - minutesForReplies) / minutesPerPost;
  const perWeek = fits >= 1 ? Math.min(Math.floor(fits), MOST_A_WEEK) : fits >= 0.5 ? 0.5 : 0.25;
  return { perWeek, minutes, isGuess: given === null, minutesPerPost, minutesForReplies };
}
