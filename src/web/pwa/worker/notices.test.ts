import { expect, test } from 'vitest';
import { chooseTab, ownPath, readNotice } from './notices.ts';
import type { OpenTab } from './scope.ts';

const origin = 'https://posts.bakery.example';
const tab = (url: string, focused = false): OpenTab => ({
  url,
  focused,
  focus: async () => undefined,
  postMessage: () => undefined,
});

test('a press leads to addresses of this installation only', () => {
  expect(ownPath('/w/1/deliveries?show=decide#x', origin)).toBe('/w/1/deliveries?show=decide#x');
  expect(ownPath(`${origin}/w/1`, origin)).toBe('/w/1');
  for (const elsewhere of [
    'https://evil.example/w/1',
    '//evil.example',
    '/\\evil.example',
    'javascript:alert(1)',
    'http://',
  ])
    expect(ownPath(elsewhere, origin), elsewhere).toBe('/');
});

test('a push shows something, whatever it holds', () => {
  expect(readNotice({ title: 'One', body: 'b', url: '/w/1', tag: 't', lang: 'th' }, origin)).toEqual({
    title: 'One',
    body: 'b',
    url: '/w/1',
    tag: 't',
    lang: 'th',
  });
  const empty = { title: 'Goalpost', body: '', url: '/', tag: '', lang: '' };
  for (const broken of [null, 'text', {}, { title: 7, url: 'https://evil.example' }])
    expect(readNotice(broken, origin)).toEqual(empty);
});

test('a press goes to a tab of the interface, the one looked at first, and never takes over a public page', () => {
  const [page, one, seen] = [tab(`${origin}/p/bakery`, true), tab(`${origin}/w/1/today`), tab(`${origin}/w/2`, true)];
  expect(chooseTab([page, one, seen], origin)).toBe(seen);
  expect(chooseTab([page, one], origin)).toBe(one);
  expect(chooseTab([page, tab('https://evil.example/w/1')], origin)).toBeUndefined();
});
