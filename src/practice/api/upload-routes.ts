import { z } from 'zod';
import type { Answer } from '../answer.ts';
import type { Account } from '../open-accounts.ts';
import type { Ask } from './ask.ts';
import { readJson } from './read-json.ts';
import type { Route } from './route.ts';

const NewUpload = z.object({ sizeBytes: z.int().min(1) });

/** Files that come in parts. */
export const uploadRoutes: (Route & { run(ask: Ask, account: Account): Answer })[] = [
  {
    method: 'POST',
    path: '/api/v1/uploads',
    call: 'media',
    run: ({ network, json }, { id }) => ({
      status: 201,
      body: network.uploads.begin(id, readJson(NewUpload, json).sizeBytes),
    }),
  },
  {
    method: 'GET',
    path: '/api/v1/uploads/:id',
    call: 'read',
    run: ({ network, params }, account) => ({
      status: 200,
      body: network.uploads.find(account.id, params['id'] ?? ''),
    }),
  },
  {
    method: 'PUT',
    path: '/api/v1/uploads/:id/:offset',
    call: 'upload',
    run: ({ network, params, bytes, isCut }, account) => {
      const part = isCut ? bytes.subarray(0, Math.ceil(bytes.length / 2)) : bytes;
      const at = { offsetBytes: Number(params['offset']), bytes: part };
      return { status: 200, body: network.uploads.append(account.id, params['id'] ?? '', at) };
    },
  },
  {
    method: 'POST',
    path: '/api/v1/uploads/:id/finish',
    call: 'media',
    run: ({ network, params }, account) => ({
      status: 201,
      body: {
        id: network.media.keep(account.id, network.uploads.finish(account.id, params['id'] ?? '')),
        state: 'ready',
      },
    }),
  },
];
