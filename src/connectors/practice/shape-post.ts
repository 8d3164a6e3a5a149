import type { AccountCall, PartToSend } from '../kit/contract.ts';
import { type Fault, fail, type Outcome, ok } from '../kit/faults.ts';
import { callServer } from './call-server.ts';
import type { Credential } from './credential.ts';
import { uploadInParts } from './upload-in-parts.ts';
import { UploadedPicture } from './wire.ts';

/** What a post says, as the API takes it. */
export type WrittenPost = {
  text: string;
  language: string;
  media: { id: string; alt: string }[];
  link: { url: string; title: string; description: string; image: string | null } | null;
};

/**
 * Uploads the pictures and shapes what names them. The network knows the same bytes by the same id, so a repeat shapes
 * the same post.
 */
export async function shapePost(
  call: AccountCall,
  credential: Credential,
  part: PartToSend,
): Promise<Outcome<WrittenPost, Fault>> {
  const media: WrittenPost['media'] = [];
  for (const [position, { alt, ...picture }] of part.media.entries()) {
    const uploaded = await upload(call, credential, picture, `media.${position}`);
    if (!uploaded.ok) return uploaded;
    media.push({ id: uploaded.value, alt: alt.toWellFormed() });
  }
  const post = { text: part.text.toWellFormed(), language: part.language, media };
  if (!part.link) return ok({ ...post, link: null });
  const { url, title, description, image } = part.link;
  const uploaded = image && (await upload(call, credential, image, 'link'));
  // Nobody chose the card's picture: refused, it is left out, and the post goes out all the same.
  if (uploaded && !uploaded.ok && uploaded.fault.kind !== 'content-rejected') return uploaded;
  const words = { title: title.toWellFormed(), description: description.toWellFormed() };
  return ok({ ...post, link: { url, ...words, image: uploaded?.ok ? uploaded.value : null } });
}

/** What is larger goes in parts, so that a line that breaks costs one of them. */
const wholeBytes = 1024 * 1024;

/** Uploads one picture and returns its id. A refusal is told at the field that the picture stands in. */
async function upload(
  call: AccountCall,
  { server, accessToken }: Credential,
  { bytes, mime }: { bytes: Uint8Array; mime: string },
  field: string,
): Promise<Outcome<string, Fault>> {
  const what = { method: 'POST', server, path: '/media', token: accessToken, file: { bytes, mime } } as const;
  const isLarge = bytes.byteLength > wholeBytes;
  const stored = isLarge
    ? await uploadInParts(call, { server, accessToken }, bytes)
    : await callServer(call, what, UploadedPicture);
  if (stored.ok) return ok(stored.value.id);
  return fail(stored.fault.kind === 'content-rejected' ? { ...stored.fault, field } : stored.fault);
}
