import { expect, test } from 'vitest';
import { createRegistry } from './registry.ts';

test('figures are written as Prometheus reads them', () => {
  const registry = createRegistry();
  const calls = registry.counter('calls_total', 'Calls.');
  calls.inc({ kind: 'a"b\\c\nd' });
  calls.inc({ kind: 'a"b\\c\nd' });
  const posts = registry.gauge('posts', 'Posts.');
  posts.set({ state: 'gone' }, 4);
  posts.reset();
  posts.set({}, 1.5);
  registry.reading('up_seconds', 'Up.', () => 7);
  const late = registry.histogram('late_seconds', 'Late.', [1, 5]);
  for (const value of [0.5, 1, 3, 9]) late.observe({ of: 'x' }, value);
  expect(registry.write().split('\n')).toEqual([
    '# HELP calls_total Calls.',
    '# TYPE calls_total counter',
    'calls_total{kind="a\\"b\\\\c\\nd"} 2',
    '# HELP posts Posts.',
    '# TYPE posts gauge',
    'posts 1.5',
    '# HELP up_seconds Up.',
    '# TYPE up_seconds gauge',
    'up_seconds 7',
    '# HELP late_seconds Late.',
    '# TYPE late_seconds histogram',
    'late_seconds_bucket{of="x",le="1"} 2',
    'late_seconds_bucket{of="x",le="5"} 3',
    'late_seconds_bucket{of="x",le="+Inf"} 4',
    'late_seconds_sum{of="x"} 13.5',
    'late_seconds_count{of="x"} 4',
    '',
  ]);
});
