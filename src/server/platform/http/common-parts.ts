import { refusals } from '#contract/refusals.ts';

/** How a call is meant once. */
export const idempotencyKey = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description:
    'A new random text for every call that is meant anew. The same call under the same key is done once and answered the same for 24 hours, then with the header Idempotent-Replayed. Another call under it is refused as idempotency-key-reused, one that still runs as idempotency-key-in-use.',
  schema: { type: 'string', minLength: 1, maxLength: 255, pattern: '^[\\x21-\\x7e]+$' },
};

/** Headers that answers carry. */
export const commonHeaders = {
  RateLimit: {
    description: 'How the caller stands: calls left (`r`) and seconds until all are there again (`t`).',
    schema: { type: 'string' },
    example: '"key";r=99;t=20',
  },
  RetryAfter: { description: 'Seconds until a call is let through again.', schema: { type: 'integer', minimum: 1 } },
};

/** The answer to one call too many. */
export const limitedResponse = {
  description: 'Too many calls. Nothing was done; try again after Retry-After.',
  headers: {
    RateLimit: { $ref: '#/components/headers/RateLimit' },
    'Retry-After': { $ref: '#/components/headers/RetryAfter' },
  },
  content: { 'application/json': { schema: { $ref: '#/components/schemas/Refusal' } } },
};

/** The body of every refusal. */
export const refusalSchema = {
  type: 'object',
  required: ['code', 'status', 'message', 'data'],
  properties: {
    defined: { const: false, description: 'Always false; typed clients know an error by it.' },
    code: { type: 'string', enum: Object.keys(refusals), description: 'What kind of no it is; from a closed list.' },
    status: { type: 'integer', description: 'The HTTP status again.' },
    message: { type: 'string', description: 'What happened, what is safe and what to do, in the caller’s language.' },
    data: {
      type: 'object',
      required: ['requestId'],
      properties: {
        requestId: { type: 'string', description: 'Name it when you ask for help; it stands in the log.' },
        current: { description: 'For edited-meanwhile: the thing as it stands now.' },
        problems: {
          type: 'array',
          items: {
            type: 'object',
            required: ['field', 'code', 'message'],
            properties: {
              field: { type: 'string', description: 'Path in the input, such as variants.0.content.' },
              code: { type: 'string' },
              message: { type: 'string' },
              params: { type: 'object' },
            },
          },
        },
      },
    },
  },
  example: {
    defined: false,
    code: 'input-invalid',
    status: 400,
    message: 'Some of what you entered cannot be used. Nothing was saved. Look at the marked fields and try again.',
    data: {
      problems: [{ field: 'deadlineOn', code: 'not-a-date', message: 'This is not a date.' }],
      requestId: '5a5c9d24-7c99-4921-9f27-b4d2daf1d30f',
    },
  },
};
