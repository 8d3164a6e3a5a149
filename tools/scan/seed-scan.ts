import sharp from 'sharp';
import { type Client, openClient, signUpOwner, until } from '../../e2e/product.ts';

/** Who is signed in while the scanners are at work, and one of everything that they may ask for. */
export interface Seeded {
  cookie: string;
  workspaceId: string;
  /** By the name of the field that refers to it. */
  ids: Record<string, string>;
  /** Address of the business' own page. */
  pageAddress: string;
}

const password = 'sourdough at seven';
const email = 'mali@bakery.example';

/** Signs the first person up, who is also the operator, and makes one of everything in a workspace of theirs. */
export async function seedScan(url: string): Promise<Seeded> {
  const first = await signUpOwner(url);
  // A second session: the first one is there to be ended by the scanners.
  const cookie = await signIn(url);
  const [name = '', value = ''] = cookie.split('=');
  const client = openClient(url, { name, value });
  const sessionId = (await first.sessions.list()).items.find((session) => session.current)?.id ?? '';
  const { id: personId } = await client.me.get();
  const { id: workspaceId } = await client.workspaces.create({ name: 'Bakery', language: 'en', zone: 'Europe/Berlin' });
  const pageAddress = 'scanned-bakery';
  const ids = { personId, ownerId: personId, sessionId, ...(await fill(client, workspaceId, pageAddress)) };
  return { cookie, workspaceId, ids, pageAddress };
}

async function signIn(url: string): Promise<string> {
  const response = await fetch(`${url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ email, password }),
  });
  const [pair = ''] = (response.headers.getSetCookie()[0] ?? '').split(';');
  if (!response.ok || pair === '') throw new Error(`Signing in failed: ${response.status}`);
  return pair;
}

async function fill(client: Client, workspaceId: string, address: string): Promise<Record<string, string>> {
  const objective = await client.objectives.create({ workspaceId, title: 'Fill the quiet mornings' });
  const goal = await client.goals.create({
    workspaceId,
    title: 'Be talked about',
    metric: 'likes',
    target: { kind: 'number', value: 100 },
    deadlineOn: '2031-12-31',
    objectiveId: objective.id,
  });
  const initiative = await client.initiatives.create({
    workspaceId,
    goalId: goal.id,
    title: 'One post a day',
    startsOn: '2031-01-01',
    end: { kind: 'target-reached' },
  });
  const page = await client.page.open({ workspaceId, address, title: 'Bakery' });
  const picture = sharp({ create: { width: 64, height: 64, channels: 3, background: '#d9a441' } });
  const file = new File([new Uint8Array(await picture.png().toBuffer())], 'bread.png', { type: 'image/png' });
  const medium = await client.media.upload({ workspaceId, file, alt: 'Bread' });
  const content = { parts: [{ text: 'Fresh bread', media: [{ mediumId: medium.id, alt: 'Bread' }], link: null }] };
  const draft = { workspaceId, content, variants: [{ channelId: page.channelId }] };
  const post = await client.posts.create(draft);
  await client.posts.publishNow({ workspaceId, postId: post.id, revision: post.revision });
  const { deliveries } = await until(
    () => client.posts.get({ workspaceId, postId: post.id }),
    ({ state }) => state === 'published',
    20_000,
  );
  const waiting = await client.posts.create(draft);
  const channel = await client.channels.create({ workspaceId, network: 'bluesky', name: 'Bakery', state: 'active' });
  const { key } = await client.apiKeys.create({ workspaceId, name: 'Nightly report', scopes: ['read'] });
  const { invitation } = await client.invitations.create({ workspaceId, role: 'viewer' });
  const hold = await client.publishing.hold({ workspaceId, why: 'The oven is broken' });
  return {
    objectiveId: objective.id,
    goalId: goal.id,
    initiativeId: initiative.id,
    channelId: channel.id,
    mediumId: medium.id,
    postId: waiting.id,
    variantId: waiting.variants[0]?.id ?? '',
    deliveryId: deliveries[0]?.id ?? '',
    apiKeyId: key.id,
    invitationId: invitation.id,
    holdId: hold.id,
  };
}
