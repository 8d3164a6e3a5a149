import type { AccountCall, Json, MediumToSend, PartToSend } from '../kit/contract.ts';
import { type Fault, fail, type Outcome, ok } from '../kit/faults.ts';
import { callServer } from './call-server.ts';
import type { Credential } from './credential.ts';
import { type Blob, UploadedBlob } from './wire.ts';

/** What hangs under the text, and the ids of the files that were uploaded for it. */
export interface Embed {
  shape: { [key: string]: Json } | null;
  mediaIds: string[];
}

/**
 * Uploads the pictures, or the card's, and shapes what names them. The network draws a video, pictures or a card, never two of them.
 * The same bytes get the same id however often they are uploaded, so a repeat shapes the same embed.
 */
export async function shapeEmbed(
  call: AccountCall,
  credential: Credential,
  part: PartToSend,
): Promise<Outcome<Embed, Fault>> {
  const [first] = part.media;
  if (first?.video) return shapeVideo(call, credential, first);
  if (part.media.length > 0) return shapeImages(call, credential, part.media);
  if (part.link) return shapeCard(call, credential, part.link);
  return ok({ shape: null, mediaIds: [] });
}

/** Uploaded as any file is: the network prepares it for playing when it has seen the post. */
async function shapeVideo(
  call: AccountCall,
  credential: Credential,
  medium: MediumToSend,
): Promise<Outcome<Embed, Fault>> {
  const uploaded = await upload(call, credential, medium, 'media.0');
  if (!uploaded.ok) return uploaded;
  const { width, height, alt } = medium;
  const shape = { $type: 'app.bsky.embed.video', video: uploaded.value, alt, aspectRatio: { width, height } };
  return ok({ shape, mediaIds: [uploaded.value.ref.$link] });
}

async function shapeImages(
  call: AccountCall,
  credential: Credential,
  media: MediumToSend[],
): Promise<Outcome<Embed, Fault>> {
  const images: Json[] = [];
  const mediaIds: string[] = [];
  for (const [position, medium] of media.entries()) {
    const uploaded = await upload(call, credential, medium, `media.${position}`);
    if (!uploaded.ok) return uploaded;
    mediaIds.push(uploaded.value.ref.$link);
    images.push({
      image: uploaded.value,
      alt: medium.alt,
      aspectRatio: { width: medium.width, height: medium.height },
    });
  }
  return ok({ shape: { $type: 'app.bsky.embed.images', images }, mediaIds });
}

async function shapeCard(
  call: AccountCall,
  credential: Credential,
  link: NonNullable<PartToSend['link']>,
): Promise<Outcome<Embed, Fault>> {
  const external = { uri: link.url, title: link.title || hostOf(link.url), description: link.description };
  const shape = (thumb: Blob | null) => ({
    $type: 'app.bsky.embed.external',
    external: { ...external, ...(thumb ? { thumb } : {}) },
  });
  if (!link.image) return ok({ shape: shape(null), mediaIds: [] });
  const uploaded = await upload(call, credential, link.image, 'link');
  if (uploaded.ok) return ok({ shape: shape(uploaded.value), mediaIds: [uploaded.value.ref.$link] });
  // Nobody chose the card's picture: refused, it is left out, and the post goes out all the same.
  return uploaded.fault.kind === 'content-rejected' ? ok({ shape: shape(null), mediaIds: [] }) : uploaded;
}

async function upload(
  call: AccountCall,
  credential: Credential,
  { bytes, mime }: MediumToSend,
  field: string,
): Promise<Outcome<Blob, Fault>> {
  const stored = await callServer(
    call,
    {
      server: credential.pds,
      method: 'com.atproto.repo.uploadBlob',
      token: credential.accessJwt,
      file: { bytes, mime },
    },
    UploadedBlob,
  );
  if (stored.ok) return ok(stored.value.blob);
  const { fault } = stored;
  return fail(fault.kind === 'content-rejected' ? { ...fault, field } : fault);
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).hostname : url;
}
