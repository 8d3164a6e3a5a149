import { randomBytes } from 'node:crypto';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type PracticeServer, startPractice } from '#test/servers/practice/index.ts';
import { type Installation, makeInstallation, type Product, signUpOwner, until } from './product.ts';

let practice: PracticeServer;
let installation: Installation;
let product: Product;
beforeAll(async () => {
  practice = await startPractice();
  installation = await makeInstallation();
  product = await installation.start({ PRIVATE_RANGES: '127.0.0.0/8' });
});
afterAll(async () => {
  await product?.stop();
  await practice?.stop();
  installation?.remove();
});

/** A picture of noise, which nothing makes smaller: three parts of 1 MB. */
async function drawNoise(): Promise<File> {
  const raw = { width: 1_000, height: 1_000, channels: 3 } as const;
  const bytes = await sharp(randomBytes(3_000_000), { raw }).png().toBuffer();
  return new File([new Uint8Array(bytes)], 'noise.png', { type: 'image/png' });
}

it('an upload to a network that a killed worker left in its middle is gone on with, and one post is there', async () => {
  const client = await signUpOwner(installation.url);
  const { id: workspaceId } = await client.workspaces.create({ name: 'Bakery', language: 'en', zone: 'UTC' });
  const account = await practice.openAccount('bakery', { kind: 'keyed', readLagMs: 0 });
  const { id: channelId } = await client.channels.create({ workspaceId, network: 'practice', name: 'Bakery' });
  const values = { identifier: account.handle, password: account.password, server: practice.url };
  await client.channels.connect({ workspaceId, channelId, values });
  const medium = await client.media.upload({ workspaceId, file: await drawNoise(), alt: 'Noise' });
  const parts = [{ text: 'Look', media: [{ mediumId: medium.id, alt: 'Noise' }], link: null }];
  const draft = await client.posts.create({ workspaceId, content: { parts }, variants: [{ channelId }] });

  const callsOf = async (call: string) => (await practice.calls(account.handle)).filter((it) => it.call === call);
  // The line dies with the second part, and so does the worker.
  await practice.misbehave({ kind: 'cut-upload' }, { account: account.handle, call: 'upload', skip: 1 });
  await practice.misbehave({ kind: 'slow', ms: 120_000 }, { account: account.handle, call: 'upload', skip: 2 });
  await client.posts.publishNow({ workspaceId, postId: draft.id, revision: draft.revision });
  await until(
    () => callsOf('upload'),
    (it) => it.length === 2,
    30_000,
  );
  await product.kill();
  await practice.control('lift-all');
  product = await installation.start({ PRIVATE_RANGES: '127.0.0.0/8' });

  const stateOf = async () => (await client.posts.get({ workspaceId, postId: draft.id })).deliveries[0]?.state;
  await until(stateOf, (it) => it === 'published', 90_000);
  // Begun once and finished once; one part whole, one cut in half, and two for what was left.
  expect((await callsOf('media')).map(({ status }) => status)).toEqual([201, 201]);
  expect((await callsOf('upload')).map(({ status }) => status)).toEqual([200, null, 200, 200]);
  expect(practice.readLedger(account.handle)).toHaveLength(1);
}, 180_000);
