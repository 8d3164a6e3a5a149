import type { Hono } from 'hono';
import { PersonId, WorkspaceId } from '#contract/ids.ts';
import type { OperationName } from '#contract/operations.ts';
import { may, policy } from '#contract/policy.ts';
import type { Role } from '#contract/terms.ts';
import { type Auth, listSessions } from '../auth/index.ts';
import { type House, refuse } from '../context/index.ts';
import type { Change, Live, Viewer } from '../live/index.ts';
import type { FindMembership } from './admit-call.ts';
import type { HttpEnv } from './call.ts';
import { identifyCaller, type KeyRing } from './identify-caller.ts';

export interface LiveOptions {
  house: House;
  auth: Auth;
  keys: KeyRing;
  findMembership: FindMembership;
  live: Live;
}

/** Who reads so slowly that this much waits for them is let go; they come back and look at everything. */
const MOST_WAITING = 200;

/**
 * Answers `GET /api/workspaces/{workspaceId}/live`: a stream of server-sent events that says what changed, for members
 * who are signed in by a session. `change` holds kinds and ids (an empty list: look at everything), `over` that the
 * person may not look any more, `beat` nothing but that the line is whole.
 */
export function answerLive(app: Hono<HttpEnv>, options: LiveOptions): void {
  app.get('/api/workspaces/:workspaceId/live', async (c) => {
    const { house, findMembership, live } = options;
    const call = c.get('call');
    const { caller, cookies } = await identifyCaller(options, call.arrival);
    if (!caller) refuse('signed-out');
    const { person, sessionId } = caller;
    if (sessionId === null) refuse('key-lacks-scope');
    const parsed = WorkspaceId.safeParse(c.req.param('workspaceId'));
    if (!parsed.success) refuse('not-found');
    const workspaceId = parsed.data;
    const membership = (await findMembership(house.db, person.id, workspaceId)) ?? refuse('not-found');
    const isMember = async () => (await findMembership(house.db, person.id, workspaceId)) !== null;
    const isSignedIn = async () =>
      (await house.db.outside((tx) => listSessions(tx, person.id))).some(({ id }) => id === sessionId);
    const { stream, viewer } = openStream({
      workspaceId,
      personId: PersonId.parse(person.id),
      maySee: (kind) => maySee(membership.role, kind),
      stillMay: async () => (await isSignedIn()) && (await isMember()),
    });
    const leave = (await live.admit(viewer)) ?? refuse('too-many-attempts', { params: { retryAfterSeconds: 60 } });
    viewer.leave = leave;
    const response = new Response(stream, {
      // Proxies that gather answers (nginx) are asked not to.
      headers: { 'content-type': 'text/event-stream; charset=utf-8', 'x-accel-buffering': 'no' },
    });
    for (const cookie of cookies) response.headers.append('set-cookie', cookie);
    return response;
  });
}

/** Facts are named after one thing, operations after their group; who may not list a group hears nothing of it. */
function maySee(role: Role, kind: string): boolean {
  const [noun = ''] = kind.split('.');
  return [`${noun}.list`, `${noun}s.list`].every((name) => !(name in policy) || may(role, name as OperationName));
}

function openStream(about: Pick<Viewer, 'workspaceId' | 'personId' | 'maySee' | 'stillMay'>): {
  stream: ReadableStream<Uint8Array>;
  viewer: Viewer & { leave: () => void };
} {
  const encoder = new TextEncoder();
  let to: ReadableStreamDefaultController<Uint8Array> | null = null;
  const close = () => {
    try {
      to?.close();
    } catch {
      // Closed by the other side meanwhile.
    }
    to = null;
  };
  const write = (text: string) => {
    if (!to) return;
    if ((to.desiredSize ?? 0) < -MOST_WAITING) {
      viewer.leave();
      return close();
    }
    to.enqueue(encoder.encode(text));
  };
  const viewer = {
    ...about,
    leave: (): void => undefined,
    tell: (changes: readonly Change[]) =>
      write(`event: change\ndata: ${JSON.stringify(changes.map(({ kind, ids }) => ({ kind, ids })))}\n\n`),
    beat: () => write('event: beat\ndata: {}\n\n'),
    end: (isOver: boolean) => {
      if (isOver) write('event: over\ndata: {}\n\n');
      close();
    },
  };
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      to = controller;
      // Not called `open`: to a browser that is the line's own event, and each is taken for a new line.
      write('retry: 3000\nevent: beat\ndata: {}\n\n');
    },
    cancel() {
      to = null;
      viewer.leave();
    },
  });
  return { stream, viewer };
}
