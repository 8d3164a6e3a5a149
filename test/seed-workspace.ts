import sharp from 'sharp';
import type { TestClient } from './server.ts';

/**
 * Makes an objective, a goal, an initiative, the own page as a channel, a picture, another one that is on its way in
 * parts, a key and an invitation.
 */
export async function seedWorkspace(
  client: TestClient,
  { workspaceId, name, address }: { workspaceId: string; name: string; address: string },
) {
  const objective = await client.objectives.create({ workspaceId, title: `${name}: fill quiet mornings` });
  const goal = await client.goals.create({
    workspaceId,
    title: `${name}: be talked about`,
    metric: 'likes',
    target: { kind: 'number', value: 100 },
    deadlineOn: '2031-12-31',
    objectiveId: objective.id,
  });
  const initiative = await client.initiatives.create({
    workspaceId,
    goalId: goal.id,
    title: `${name}: a picture a day`,
    startsOn: '2031-01-01',
    end: { kind: 'target-reached' },
  });
  const page = await client.page.open({ workspaceId, address, title: name });
  const file = new File([await drawBread()], 'bread.png', { type: 'image/png' });
  const medium = await client.media.upload({ workspaceId, file, alt: 'Bread' });
  const begun = { workspaceId, name: 'crust.png', sizeBytes: file.size };
  const { id: uploadId } = await client.uploads.begin(begun);
  await client.uploads.append({ workspaceId, uploadId, offsetBytes: 0, part: file });
  const { key } = await client.apiKeys.create({ workspaceId, name: `${name}: nightly report`, scopes: ['read'] });
  const { invitation } = await client.invitations.create({ workspaceId, role: 'viewer' });
  const part = { text: `${name}: fresh bread`, media: [{ mediumId: medium.id, alt: 'Bread' }], link: null };
  return {
    objective,
    goal,
    initiative,
    page,
    /** Writes a post for the page that serves the initiative. */
    writeDraft: () =>
      client.posts.create({
        workspaceId,
        content: { parts: [part] },
        variants: [{ channelId: page.channelId, content: null }],
        serves: { kind: 'initiative', initiativeId: initiative.id },
      }),
    /** By the name of the field that refers to it. */
    ids: {
      objectiveId: objective.id,
      goalId: goal.id,
      initiativeId: initiative.id,
      mediumId: medium.id,
      uploadId,
      apiKeyId: key.id,
      invitationId: invitation.id,
    },
  };
}

/** A small PNG that a real encoder made. */
async function drawBread(): Promise<Uint8Array<ArrayBuffer>> {
  const picture = sharp({ create: { width: 64, height: 64, channels: 3, background: '#d9a441' } });
  return new Uint8Array(await picture.png().toBuffer());
}
