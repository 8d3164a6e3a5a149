import { describe, expect, it } from 'vitest';
import type { Post } from '#contract/posts.ts';
import { codeOf, says, useBusiness } from './testing.ts';

const shop = useBusiness();
const { publish, round, schedule, ws } = shop;

describe('the ledger', () => {
  it('shows what needs a person, what is due (the nearest first) and what is done, page by page', async () => {
    await publish('one');
    shop.network.script = [{ kind: 'content-rejected', field: 'text', reason: 'no', said: 'no', reached: 'no' }];
    await round();
    await publish('two');
    await round();
    await schedule('later', 60 * 60_000);
    await schedule('soon', 30 * 60_000);
    const gone = await schedule('never', 45 * 60_000);
    await shop.team.client.posts.cancel({ ...ws(), postId: gone.id });
    const texts = async (show: 'all' | 'decide' | 'due' | 'done') => {
      const found: string[] = [];
      for (let cursor: string | undefined; ; ) {
        const page = await shop.team.client.deliveries.list({ ...ws(), show, limit: 1, ...(cursor ? { cursor } : {}) });
        found.push(...page.items.map((delivery) => delivery.excerpt));
        cursor = page.next;
        if (!cursor) return found;
      }
    };
    expect(await texts('decide')).toEqual(['one']);
    expect(await texts('due')).toEqual(['soon', 'later']);
    expect(await texts('done')).toEqual(['never', 'two']);
    expect(await texts('all')).toEqual(['later', 'soon', 'two', 'one']);
  });
});

describe('scheduling', () => {
  it('refuses what the network would refuse, by field, and changes nothing', async () => {
    const draft = await shop.team.client.posts.create({
      ...ws(),
      content: says('x'.repeat(101)),
      variants: [{ channelId: shop.channelId }],
    });
    expect(
      await codeOf(shop.team.client.posts.publishNow({ ...ws(), postId: draft.id, revision: draft.revision })),
    ).toBe('content-invalid');
    expect((await shop.team.client.posts.get({ ...ws(), postId: draft.id })).state).toBe('draft');
  });

  it('refuses a stale revision and gives back what stands now', async () => {
    const draft = await shop.team.client.posts.create({ ...ws(), content: says('mine') });
    await shop.team.client.posts.update({
      ...ws(),
      postId: draft.id,
      revision: draft.revision,
      content: says('theirs'),
    });
    const refusal = await shop.team.client.posts
      .update({ ...ws(), postId: draft.id, revision: draft.revision, content: says('mine again') })
      .catch((error: { code: string; data: { current: Post } }) => error);
    expect(refusal).toMatchObject({ code: 'edited-meanwhile', data: { current: { content: says('theirs') } } });
  });

  it('takes a cancelled post off the calendar and leaves it as a draft', async () => {
    const post = await schedule('Not after all', 30 * 60_000);
    expect((await shop.team.client.posts.cancel({ ...ws(), postId: post.id })).state).toBe('draft');
    await shop.clock.advance(40 * 60_000);
    await round();
    expect(shop.network.posts).toEqual([]);
  });

  it('restores a deleted draft', async () => {
    const draft = await shop.team.client.posts.create({ ...ws(), content: says('Keep me') });
    await shop.team.client.posts.remove({ ...ws(), postId: draft.id });
    expect(await codeOf(shop.team.client.posts.get({ ...ws(), postId: draft.id }))).toBe('not-found');
    expect((await shop.team.client.posts.restore({ ...ws(), postId: draft.id })).content).toEqual(says('Keep me'));
  });
});
