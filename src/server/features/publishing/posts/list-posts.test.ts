import { expect, it } from 'vitest';
import { makeTeam } from '#test/makers.ts';
import { useServer } from '#test/server.ts';
import { says } from '../testing.ts';

const server = useServer();

async function withPosts() {
  const { client, workspaceId } = await makeTeam(server, { name: 'Bakery' });
  const { channelId } = await client.page.open({
    workspaceId,
    address: `find-${workspaceId.slice(-12)}`,
    title: 'Bakery',
  });
  const write = async (text: string) => (await client.posts.create({ workspaceId, content: says(text) })).id;
  const find = async (text: string) =>
    (await client.posts.list({ workspaceId, text })).items.map((it) => it.id).toSorted();
  return { client, workspaceId, channelId, write, find };
}

it('finds posts by a part of what they say, in Thai as well, and without marks on Latin letters', async () => {
  const { write, find } = await withPosts();
  const bread = await write('Fresh “Bread” at 7, 100% rye');
  const thai = await write('อบขนมปังทุกเช้า');
  const tea = await write('Trà sữa đường đen');
  expect(await find('bread')).toEqual([bread]);
  expect(await find('100%')).toEqual([bread]);
  expect(await find('1_0')).toEqual([]);
  expect(await find('ขนมปัง')).toEqual([thai]);
  expect(await find('ขนมปง')).toEqual([]);
  expect(await find('tra sua duong')).toEqual([tea]);
  expect(await find('sữa')).toEqual([tea]);
});

it('finds a post by what only one channel says, as long as it says it', async () => {
  const { client, workspaceId, channelId, write, find } = await withPosts();
  const id = await write('Bread');
  const variants = [{ channelId, content: says('Cake') }];
  const { revision } = await client.posts.update({ workspaceId, postId: id, revision: 1, variants });
  expect(await find('cake')).toEqual([id]);
  await client.posts.update({ workspaceId, postId: id, revision, variants: [] });
  expect(await find('cake')).toEqual([]);
});
