import { describe, expect, it } from 'vitest';
import { isAffected } from './live.ts';

const here = 'a5cf5e5e-5df5-4a85-9a4a-0a0a0a0a0a0a';
const query = (group: string, operation: string, workspaceId = here) => ({
  queryKey: [[group, operation], { input: { workspaceId }, type: 'query' }],
});
const change = (kind: string) => [{ kind, ids: {} }];

describe('after a change', () => {
  it.each([
    ['delivery.published', 'deliveries', 'list'],
    ['delivery.published', 'publishing', 'health'],
    ['delivery.failed', 'posts', 'get'],
    ['posts.update', 'posts', 'list'],
    ['goal.created', 'goals', 'list'],
    ['goals.update', 'analytics', 'progress'],
    ['figures.changed', 'analytics', 'progress'],
    ['media.upload', 'media', 'list'],
    ['notice.told', 'notices', 'unread'],
    ['hold.set', 'publishing', 'holds'],
    ['deliveries.retry', 'deliveries', 'list'],
  ])('%s: %s.%s is asked for anew', (kind, group, operation) => {
    expect(isAffected(query(group, operation), here, change(kind))).toBe(true);
  });

  it('what it says nothing of stays', () => {
    expect(isAffected(query('goals', 'list'), here, change('delivery.published'))).toBe(false);
    expect(isAffected(query('notices', 'unread'), here, change('goal.created'))).toBe(false);
    expect(isAffected(query('goals', 'list'), here, change('something.unheard-of'))).toBe(false);
  });

  it('nothing of another workspace is asked for', () => {
    const other = 'b5cf5e5e-5df5-4a85-9a4a-0a0a0a0a0a0b';
    expect(isAffected(query('posts', 'list', other), here, change('post.created'))).toBe(false);
    expect(isAffected(query('posts', 'list', other), here, [])).toBe(false);
  });

  it('that nobody could name, everything of the workspace is', () => {
    expect(isAffected(query('goals', 'list'), here, [])).toBe(true);
    expect(isAffected(query('notices', 'list'), here, [])).toBe(true);
  });
});
