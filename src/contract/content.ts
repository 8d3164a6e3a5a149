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

/** What the rule book must know of a picture. */
export interface MediumFacts {
  mime: string;
  sizeBytes: number;
  width: number;
  height: number;
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
