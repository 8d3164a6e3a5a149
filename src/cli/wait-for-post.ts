import type { Answer } from '#contract/operations.ts';
import type { Server, Answer as WireAnswer } from './server.ts';

type Post = Answer<'posts', 'get'>;

/** What came of a command. */
export interface Outcome {
  answer: WireAnswer;
  /** Of a wait: whether all of the post went out; else true. */
  reached: boolean;
}

const ASK_EVERY_MS = 1_000;
const WAIT_AT_MOST_MS = 24 * 3_600_000;
type State = Post['deliveries'][number]['state'];
const underWay: readonly State[] = ['scheduled', 'claimed', 'armed', 'processing'];

/** Asks for a post until nothing of it is still to go out, and gives the last answer. */
export async function waitForPost(server: Server, workspaceId: string, answer: WireAnswer): Promise<Outcome> {
  const end = performance.now() + WAIT_AT_MOST_MS;
  let last = answer;
  const isUnderWay = () => (last.body as Post).deliveries.some(({ state }) => underWay.includes(state));
  while (isUnderWay() && performance.now() < end) {
    await new Promise((resolve) => setTimeout(resolve, ASK_EVERY_MS));
    last = await server.call('posts', 'get', { workspaceId, postId: (last.body as Post).id });
  }
  return { answer: last, reached: (last.body as Post).state === 'published' };
}
