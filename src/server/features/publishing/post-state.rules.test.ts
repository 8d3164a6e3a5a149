import { describe, expect, it } from 'vitest';
import { deliveryStates } from '#contract/deliveries.ts';
import { type Cause, isOnItsWay, mayMove } from './delivery-states.rules.ts';
import { stateOfParts, stateOfPost } from './post-state.rules.ts';

describe('states', () => {
  it('shows what needs a person before what is done', () => {
    expect(stateOfPost(['published', 'unconfirmed'])).toBe('unconfirmed');
    expect(stateOfPost(['published', 'failed'])).toBe('partly-published');
    expect(stateOfPost(['published', 'armed'])).toBe('publishing');
    expect(stateOfPost(['cancelled'])).toBe('draft');
    expect(stateOfPost([])).toBe('draft');
  });

  it('calls a thread published when all its parts are', () => {
    const parts = (...states: ('published' | 'scheduled')[]) => states.map((state, position) => ({ state, position }));
    expect(stateOfParts(parts('published', 'scheduled'))).toBe('scheduled');
    expect(stateOfParts(parts('published', 'published'))).toBe('published');
  });

  it('lets no person and no sweep take back what may be public', () => {
    const causes: Cause[] = ['claim', 'lease-out', 'decide', 'arm', 'sweep'];
    for (const from of deliveryStates.filter((state) => isOnItsWay(state) || state === 'published')) {
      for (const to of deliveryStates) {
        for (const cause of causes) expect(mayMove(from, to, cause), `${from} → ${to} by ${cause}`).toBe(false);
        if (to === 'cancelled') expect(mayMove(from, to, 'person')).toBe(false);
      }
    }
  });
});
