import { describe, expect, it } from 'vitest';
import { type DeliveryState, deliveryStates } from '#contract/deliveries.ts';
import type { PostState } from '#contract/posts.ts';
import { type Cause, isOnItsWay, mayMove } from './delivery-states.rules.ts';
import { currentPart, stateOfParts, stateOfPost } from './post-state.rules.ts';

describe('states', () => {
  it('shows what needs a person before what is done', () => {
    expect(stateOfPost(['published', 'unconfirmed'])).toBe('unconfirmed');
    expect(stateOfPost(['published', 'failed'])).toBe('partly-published');
    expect(stateOfPost(['published', 'armed'])).toBe('publishing');
    expect(stateOfPost(['cancelled'])).toBe('draft');
    expect(stateOfPost([])).toBe('draft');
  });

  it.each<[PostState, DeliveryState[]]>([
    ['unconfirmed', ['unconfirmed']],
    ['unconfirmed', ['armed', 'failed', 'unconfirmed']],
    ['publishing', ['claimed', 'scheduled']],
    ['publishing', ['armed', 'held']],
    ['publishing', ['processing', 'published']],
    ['published', ['published']],
    ['published', ['published', 'cancelled', 'published']],
    ['partly-published', ['published', 'scheduled']],
    ['partly-published', ['held', 'failed', 'published']],
    ['failed', ['failed', 'held', 'scheduled']],
    ['held', ['held', 'scheduled']],
    ['scheduled', ['scheduled']],
    ['scheduled', ['scheduled', 'cancelled']],
    ['draft', ['cancelled', 'cancelled']],
  ])('is %s for a post whose deliveries are %j', (state, deliveries) => {
    expect(stateOfPost(deliveries)).toBe(state);
    expect(stateOfPost([...deliveries].reverse())).toBe(state);
  });

  it('stands at the first part that is not published, wherever it lies in the list', () => {
    const part = (position: number, state: DeliveryState) => ({ position, state });
    const parts = [part(2, 'scheduled'), part(0, 'published'), part(1, 'failed')];
    expect(currentPart(parts)).toBe(parts[2]);
    expect(stateOfParts(parts)).toBe('failed');
    expect(currentPart([part(0, 'published'), part(1, 'published')])).toBeNull();
  });

  it('lets what was cancelled behind something public not count, and alone it does', () => {
    const part = (position: number, state: DeliveryState) => ({ position, state });
    expect(currentPart([part(0, 'published'), part(1, 'cancelled')])).toBeNull();
    expect(stateOfParts([part(0, 'published'), part(1, 'cancelled'), part(2, 'held')])).toBe('held');
    expect(stateOfParts([part(0, 'cancelled'), part(1, 'cancelled')])).toBe('cancelled');
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
