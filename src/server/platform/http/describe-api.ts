import { contract } from '#contract/index.ts';
import { keyScopes } from '#contract/key-scopes.ts';
import type { OperationName } from '#contract/operations.ts';
import { policy, type Rule } from '#contract/policy.ts';
import { authRoutes } from '../auth/index.ts';
import { aboutApi, aboutGroups, loopExamples } from './api-words.ts';
import { commonHeaders, idempotencyKey, limitedResponse, refusalSchema } from './common-parts.ts';

type Json = Record<string, unknown>;

/** The API as OpenAPI 3.1, made from the contract. What makes it is loaded when it is first asked for. */
export async function describeApi({ origin, version }: { origin: string; version: string }): Promise<Json> {
  const [{ OpenAPIGenerator }, { ZodToJsonSchemaConverter }] = await Promise.all([
    import('@orpc/openapi'),
    import('@orpc/zod/zod4'),
  ]);
  const generator = new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] });
  const document = (await generator.generate(contract, {
    info: { title: 'Goalpost', version, description: aboutApi, license: { name: 'MIT', identifier: 'MIT' } },
    servers: [{ url: `${origin}/api` }],
    tags: Object.entries(aboutGroups).map(([name, description]) => ({ name, description })),
    security: [{ key: [] }, { session: [] }],
    components: {
      securitySchemes: {
        key: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'gp_…',
          description: 'An API key: it acts for its maker in one workspace, as far as its scopes reach.',
        },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: origin.startsWith('https:') ? '__Host-goalpost' : 'goalpost',
          description: 'The session cookie that signing in sets. A browser that is signed in sends it by itself.',
        },
      },
      schemas: { Refusal: refusalSchema } as never,
      parameters: { IdempotencyKey: idempotencyKey } as never,
      headers: commonHeaders as never,
      responses: { TooManyCalls: limitedResponse } as never,
    },
  })) as unknown as { paths: Record<string, Record<string, Json>> };
  for (const methods of Object.values(document.paths)) {
    for (const [method, operation] of Object.entries(methods)) addCommonParts(method, operation);
  }
  Object.assign(document.paths, await describeSignIn());
  return document as unknown as Json;
}

function addCommonParts(method: string, operation: Json): void {
  const name = String(operation['operationId'] ?? '') as OperationName;
  const [group = 'other'] = name.split('.');
  operation['tags'] = [group];
  operation['description'] = describeAccess(name);
  operation['security'] = listSecurity(name);
  describeFiles(operation);
  addExample(name, operation);
  operation['responses'] = {
    ...(operation['responses'] as Json),
    '429': { $ref: '#/components/responses/TooManyCalls' },
    default: refusal,
  };
  if (method === 'get') return;
  const parameters = (operation['parameters'] as Json[] | undefined) ?? [];
  operation['parameters'] = [...parameters, { $ref: '#/components/parameters/IdempotencyKey' }];
}

const refusal = {
  description: 'A refusal: what happened, what is safe, what to do.',
  content: { 'application/json': { schema: { $ref: '#/components/schemas/Refusal' } } },
};

/** Who may, in words, from the policy table and the scopes. */
function describeAccess(name: OperationName): string {
  const rule: Rule = policy[name];
  const roles =
    rule === 'anyone'
      ? 'Open to anybody, signed in or not.'
      : rule === 'signed-in'
        ? 'Open to anybody who is signed in.'
        : rule === 'operator'
          ? 'Open to whoever runs the installation.'
          : `Open to these roles: ${rule.join(', ')}.`;
  const scope = keyScopes[name];
  return `${roles} ${scope === null ? 'No API key may.' : `An API key needs the scope \`${scope}\`.`}`;
}

function listSecurity(name: OperationName): Json[] {
  const rule: Rule = policy[name];
  if (rule === 'anyone') return [];
  return keyScopes[name] === null ? [{ session: [] }] : [{ key: [] }, { session: [] }];
}

type Body = { content?: Record<string, { schema?: { properties?: Record<string, Json> } } & Json> };

/** A file travels in a form and in nothing else; said so that the page offers to choose one. */
function describeFiles(operation: Json): void {
  const content = (operation['requestBody'] as Body | undefined)?.content;
  const form = content?.['multipart/form-data']?.schema?.properties;
  if (!content || !form) return;
  delete content['application/json'];
  for (const [name, { contentMediaType }] of Object.entries(form))
    if (contentMediaType !== undefined) form[name] = { type: 'string', format: 'binary' };
}

function addExample(name: OperationName, operation: Json): void {
  const example = loopExamples[name];
  const content = (operation['requestBody'] as Body | undefined)?.content;
  const json = content?.['application/json'];
  if (example && json) json['example'] = example;
}

/** Sign-in is no part of the contract; its addresses are described from their own table. */
async function describeSignIn(): Promise<Record<string, Json>> {
  const { z } = await import('zod');
  const paths: Record<string, Json> = {};
  for (const [name, { method, path, body }] of Object.entries(authRoutes)) {
    paths[`/auth${path}`] = {
      [method.toLowerCase()]: {
        operationId: `auth.${name}`,
        summary: signInSummaries[name as keyof typeof authRoutes],
        tags: ['auth'],
        security: [],
        ...(body
          ? {
              requestBody: {
                required: true,
                content: { 'application/json': { schema: z.toJSONSchema(body, { io: 'input' }) } },
              },
            }
          : {}),
        responses: {
          '200': { description: 'Done.', content: { 'application/json': { schema: { type: 'object' } } } },
          '429': { $ref: '#/components/responses/TooManyCalls' },
          default: refusal,
        },
      },
    };
  }
  return paths;
}

const signInSummaries: Record<keyof typeof authRoutes, string> = {
  'sign-up': 'Make an account; sets the session cookie where no confirmation is needed',
  'confirm-address': 'Open the account that a mailed link confirms',
  'sign-in': 'Sign in; sets the session cookie',
  'sign-out': 'End this session',
  'get-session': 'Who is signed in',
  'change-password': 'Change the password; ends every other session',
  'request-password-reset': 'Ask for a link to choose a new password',
  'reset-password': 'Choose a new password by the token of the link',
};
