import { z } from 'zod';
import { MediumId } from './ids.ts';

/** One part of a post; a thread has several. */
export const Part = z.object({
  text: z.string().max(20_000).default(''),
  media: z
    .array(z.object({ mediumId: MediumId, alt: z.string().max(5_000).default('') }))
    .max(20)
    .default([]),
  /** A link shown as a card where the network has cards. */
  link: z
    .url({ protocol: /^https?$/ })
    .max(2_000)
    .nullable()
    .default(null),
});
export type Part = z.infer<typeof Part>;

/** What a post says. `parts[0]` is the post itself; the others follow it as a thread. */
export const Content = z.object({
  parts: z.array(Part).min(1).max(25),
  /** Said beneath the post by ourselves as soon as it is live; plain text. Absent: none. */
  firstComment: z.string().trim().min(1).max(20_000).optional(),
});
export type Content = z.infer<typeof Content>;

/** What is known of a video beyond its picture. */
export const VideoFacts = z.object({
  durationMs: z.int(),
  /** Frames a second, on average. */
  fps: z.number(),
  /** `avc` (H.264), `hevc`, `vp8`, `vp9` or `av1`. */
  videoCodec: z.string(),
  /** `aac`, `mp3`, `opus`, …; null without sound. */
  audioCodec: z.string().nullable(),
  /** This installation can convert it for a network that takes others. */
  convertible: z.boolean(),
});
export type VideoFacts = z.infer<typeof VideoFacts>;

/** What the rule book must know of a picture or a video. */
export interface MediumFacts {
  mime: string;
  sizeBytes: number;
  width: number;
  height: number;
  /** Absent or null: a picture. */
  video?: VideoFacts | null;
}

/** What the rule book says about content on one network. Errors stop scheduling; warnings do not. */
export const ContentProblem = z.object({
  field: z.string(),
  code: z.enum([
    'text-missing',
    'text-too-long',
    'blank-left',
    'images-too-many',
    'images-unsupported',
    'videos-unsupported',
    'videos-too-many',
    'video-beside-images',
    'video-too-long',
    'video-too-short',
    'video-wrong-kind',
    'video-too-large',
    'video-too-many-pixels',
    'alt-missing',
    'alt-too-long',
    'medium-unknown',
    'thread-unsupported',
    'thread-too-long',
    'link-unsupported',
    'link-beside-images',
    'link-in-text-invalid',
    'first-comment-unsupported',
    'first-comment-too-long',
  ]),
  severity: z.enum(['error', 'warning']),
  params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
});
export type ContentProblem = z.infer<typeof ContentProblem>;
