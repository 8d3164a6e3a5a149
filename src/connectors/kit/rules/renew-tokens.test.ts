import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isFilled, keepsWhole, takeTokens } from './index.ts';

const older = { access: 'old access', refresh: 'old refresh' };
const nothing = fc.constantFrom(undefined, null, '', ' ', '\n\t', 0, 7, false, {}, []);
const token = fc.string({ minLength: 1 }).filter((it) => it.trim() !== '');

describe('taking tokens from an answer', () => {
  it('keeps both when the answer brings nothing to call with', () => {
    fc.assert(
      fc.property(nothing, fc.oneof(nothing, token), (access, refresh) => {
        expect(takeTokens(older, { access, refresh })).toBeNull();
      }),
    );
  });

  it('keeps the refresh token when the answer leaves it out or empty', () => {
    fc.assert(
      fc.property(token, nothing, (access, refresh) => {
        expect(takeTokens(older, { access, refresh })).toEqual({ access, refresh: 'old refresh' });
      }),
    );
  });

  it('never gives a blank one, whatever comes', () => {
    fc.assert(
      fc.property(fc.anything(), fc.anything(), fc.option(fc.constant(older)), (access, refresh, before) => {
        const taken = takeTokens(before, { access, refresh });
        if (taken) for (const value of Object.values(taken)) expect(value.trim()).not.toBe('');
      }),
    );
  });

  it('wants both of who signs in', () => {
    expect(takeTokens(null, { access: 'a' })).toBeNull();
    expect(takeTokens(null, { access: 'a', refresh: 'r' })).toEqual({ access: 'a', refresh: 'r' });
  });
});

describe('a renewed credential', () => {
  const kept = { accessToken: 'a', refreshToken: 'r', server: 'https://x.example', of: { id: '1' } };

  it('is whole with new values for what the older one had', () => {
    expect(keepsWhole(kept, { ...kept, accessToken: 'b', more: '' })).toBe(true);
    expect(keepsWhole('secret', 'newer')).toBe(true);
    expect(keepsWhole(null, null)).toBe(true);
  });

  it('is not whole without a part that the older one had', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('accessToken', 'refreshToken', 'server'),
        fc.constantFrom('', ' ', null),
        (name, it) => {
          expect(keepsWhole(kept, { ...kept, [name]: it })).toBe(false);
          const { [name]: _gone, ...rest } = kept as Record<string, string | { id: string }>;
          expect(keepsWhole(kept, rest)).toBe(false);
        },
      ),
    );
    for (const newer of [null, '', {}, [], 'text', { ...kept, of: {} }]) expect(keepsWhole(kept, newer)).toBe(false);
  });

  it('of signing in has no blank field', () => {
    expect(isFilled(kept)).toBe(true);
    for (const empty of [null, '', ' ', {}, { ...kept, refreshToken: ' ' }]) expect(isFilled(empty)).toBe(false);
  });
});
