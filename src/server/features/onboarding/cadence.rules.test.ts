import { describe, expect, it } from 'vitest';
import { fitCadence } from './cadence.rules.ts';

describe('the cadence', () => {
  it.each([
    [0, 1, 0.25],
    [11, 1, 0.25],
    [12, 1, 0.5],
    [24, 1, 0.5],
    [30, 1, 1],
    [30, 2, 0.5],
    [60, 1, 2],
    [60, 2, 1],
    [90, 2, 2],
    [120, 1, 4],
    [6_000, 1, 5],
  ])('of %i minutes a week on %i channels is %d posts a week', (minutes, channels, perWeek) => {
    expect(fitCadence(minutes, channels).perWeek).toBe(perWeek);
  });

  it('never needs more minutes than there are, from one post a week on', () => {
    for (let minutes = 0; minutes <= 600; minutes += 1) {
      for (const channels of [1, 2]) {
        const { perWeek, minutesPerPost, minutesForReplies } = fitCadence(minutes, channels);
        if (perWeek >= 1) expect(perWeek * minutesPerPost + minutesForReplies).toBeLessThanOrEqual(minutes);
      }
    }
  });

  it('says that it is a guess when nobody named minutes', () => {
    expect(fitCadence(null, 1)).toMatchObject({ isGuess: true, minutes: 60, perWeek: 2 });
    expect(fitCadence(60, 1).isGuess).toBe(false);
  });
});
