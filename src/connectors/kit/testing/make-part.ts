import { randomBytes } from 'node:crypto';
import type { PartToSend } from '../contract.ts';

/** A part to send, new unless the test says what it is. */
export function makePart(fields: Partial<PartToSend> = {}): PartToSend {
  const text = fields.text ?? 'Fresh bread from seven o’clock.';
  return {
    seed: randomBytes(16).toString('hex'),
    createdAt: new Date(),
    language: 'en',
    media: [],
    link: null,
    role: 'post',
    before: [],
    content: { parts: [{ text, media: [], link: null }] },
    ...fields,
    text,
  };
}
