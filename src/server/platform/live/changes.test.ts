import { describe, expect, it } from 'vitest';
import { pickIds, shapeNotices } from './changes.ts';

const change = (kind: string, n: number, workspaceId = 'w') => ({
  workspaceId,
  kind,
  ids: { deliveryId: `01a204cb-f02f-701c-801d-${String(n).padStart(12, '0')}` },
});

describe('a notice between processes', () => {
  it('names each change with its ids, one notice a workspace', () => {
    const notices = shapeNotices([change('delivery.published', 1), change('delivery.failed', 2, 'other')]);
    expect(notices.map((it) => JSON.parse(it))).toEqual([
      { workspaceId: 'w', changes: [{ kind: 'delivery.published', ids: change('', 1).ids }] },
      { workspaceId: 'other', changes: [{ kind: 'delivery.failed', ids: change('', 2).ids }] },
    ]);
  });

  it('of a thousand changes fits into what PostgreSQL takes, and still says their kinds', () => {
    const many = Array.from({ length: 1_000 }, (_, n) => change(n % 2 ? 'delivery.published' : 'delivery.held', n));
    const [notice = ''] = shapeNotices(many);
    expect(Buffer.byteLength(notice)).toBeLessThan(8_000);
    const { changes } = JSON.parse(notice) as { changes: { kind: string }[] };
    expect(changes.map(({ kind }) => kind).sort()).toEqual(['delivery.held', 'delivery.published']);
  });

  it('keeps whom it is for', () => {
    const many = Array.from({ length: 200 }, (_, n) => ({ ...change('notice.told', n), personId: `p${n % 2}` }));
    const { changes } = JSON.parse(shapeNotices(many)[0] ?? '') as { changes: { personId?: string }[] };
    expect(changes.map(({ personId }) => personId).sort()).toEqual(['p0', 'p1']);
  });

  it('carries ids of things, and nothing else of what was told', () => {
    expect(pickIds({ postId: 'p', title: 'secret', remoteId: 'at://x', fault: 'f', count: 2, goalId: null })).toEqual({
      postId: 'p',
    });
    expect(pickIds('words')).toEqual({});
  });
});
