import type { TestAccount } from '#test/servers/bluesky/index.ts';
import { until } from './product.ts';

/** Benno likes the only post of an account and answers it (“I do!”); returns when the network shows both. */
export async function likeAndAnswer(benno: TestAccount, account: TestAccount): Promise<void> {
  const [record] = await account.listPosts();
  const uri = record?.uri ?? '';
  await benno.setName('Benno');
  await benno.like(uri);
  await benno.reply(uri, 'I do!');
  await until(
    () => account.getPost(uri),
    (post) => post?.likeCount === 1 && post.replyCount === 1,
    40_000,
  );
}
