import { contract } from '#contract/index.ts';
import { refusals } from '#contract/refusals.ts';

type Json = Record<string, unknown>;

/** The API as OpenAPI 3.1, made from the contract. What makes it is loaded when it is first asked for. */
export async function describeApi({ origin, version }: { origin: string; version: string }): Promise<Json> {
  const [{ OpenAPIGenerator }, { ZodToJsonSchemaConverter }] = await Promise.all([
    import('@orpc/openapi'),
    import('@orpc/zod/zod4'),
  ]);
  const generator = new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] });
  const document = (await generator.generate(contract, {
    info: { title: 'Goalpost', version, description },
    servers: [{ url: `${origin}/api` }],
    security: [{ session: [] }],
    components: {
      securitySchemes: {
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: origin.startsWith('https:') ? '__Host-goalpost' : 'goalpost',
          description: 'The session cookie that POST /api/auth/sign-in/email sets.',
        },
      },
      schemas: { Refusal: refusalSchema } as never,
      parameters: { IdempotencyKey: idempotencyKey } as never,
    },
  })) as unknown as { paths: Record<string, Record<string, Json>> };
  for (const methods of Object.values(document.paths)) {
    for (const [method, operation] of Object.entries(methods)) addCommonParts(method, operation);
  }
  return document as unknown as Json;
}

const description =
  'Every operation of Goalpost. The workspace stands in the address. Lists are read page by page: pass `next` of one page as `cursor` of the following one; the last page has no `next`.';

function addCommonParts(method: string, operation: Json): void {
  const [group = 'other'] = String(operation['operationId'] ?? '').split('.');
  operation['tags'] = [group];
  operation['responses'] = {
    ...(operation['responses'] as Json),
    default: {
      description: 'A refusal: what happened, what is safe, what to do.',
      content: { 'application/json': { schema: { $ref: '#/components/schemas/Refusal' } } },
    },
  };
  if (method === 'get') return;
  const parameters = (operation['parameters'] as Json[] | undefined) ?? [];
  operation['parameters'] = [...parameters, { $ref: '#/components/parameters/IdempotencyKey' }];
}

const idempotencyKey = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description:
    'A new random text for every call that is meant anew. The same call under the same key is done once and answered the same for 24 hours, then with the header Idempotent-Replayed. Another call under it is refused as idempotency-key-reused, one that still runs as idempotency-key-in-use.',
  schema: { type: 'string', minLength: 1, maxLength: 255, pattern: '^[\\x21-\\x7e]+$' },
};

const refusalSchema = {
  type: 'object',
  required: ['code', 'status', 'message', 'data'],
  properties: {
    defined: { const: false, description: 'Always false; typed clients know an error by it.' },
    code: { type: 'string', enum: Object.keys(refusals) },
    status: { type: 'integer' },
    message: { type: 'string', description: 'In the caller’s language.' },
    data: {
      type: 'object',
      required: ['requestId'],
      properties: {
        requestId: { type: 'string' },
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
};
