import { expect, test } from 'vitest';
import { routeRequest } from './route-request.ts';

const origin = 'https://posts.bakery.example';
const route = (path: string, asked: { method?: string; mode?: string } = {}) =>
  routeRequest({ method: 'GET', mode: 'navigate', ...asked, url: new URL(path, origin).href, origin });

test('screens and files of the build are the worker’s', () => {
  for (const path of ['/', '/w/1/today', '/w/1/posts/new?goal=2', '/share?kept=1']) expect(route(path)).toBe('page');
  expect(route('/assets/main-abc.js', { mode: 'cors' })).toBe('asset');
  expect(route('/share', { method: 'POST' })).toBe('share');
});

test('answers, doors, public pages, pictures and other sites go past it', () => {
  const paths = ['/demo', '/demo/open', '/sign-in', '/sign-up', '/invitation', '/confirm', '/reset', '/welcome'];
  const others = ['/p/bakery', '/p/bakery/rye', '/p/media/k', '/unsubscribe/t', '/health', '/metrics', '/sw.js'];
  for (const path of [...paths, ...others, '/media/1/2/original', '/api/docs', '/w/1/posts.csv'])
    expect(route(path), path).toBe('network');
  for (const mode of ['cors', 'same-origin', 'no-cors'])
    for (const path of ['/api/me', '/api/auth/sign-in/email', '/media/1/2/thumb', '/w/1/today'])
      expect(route(path, { mode }), `${mode} ${path}`).toBe('network');
  expect(route('/api/auth/sign-in/email', { method: 'POST', mode: 'cors' })).toBe('network');
  expect(route('/share', { method: 'POST', mode: 'cors' })).toBe('network');
  expect(route('/w/1/today', { method: 'POST' })).toBe('network');
  expect(route('https://elsewhere.example/assets/x.js', { mode: 'no-cors' })).toBe('network');
});
