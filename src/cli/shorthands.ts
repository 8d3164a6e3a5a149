import type { OperationName } from '#contract/operations.ts';
import { UsageError } from './failures.ts';
import type { Server } from './server.ts';
import { readPicture } from './shape-input.ts';
import type { Terminal } from './terminal.ts';

/** A friendlier option for what a field or several of them mean. Its help is the text `shorthand.<name>`. */
export interface Shorthand {
  name: string;
  /** What it takes, as help shows it. */
  takes: string;
  repeats?: boolean;
}

export interface Shortening {
  input: Record<string, unknown>;
  server: Server;
  terminal: Terminal;
  workspaceId: string;
  /** Values of a shorthand, taken from the command line; `true` for one without a value was refused before. */
  take(name: string): string[];
}

interface Shortened {
  options: readonly Shorthand[];
  /** Fills the input from the options. */
  apply(shortening: Shortening): Promise<void>;
}

const target: Shortened = {
  options: [{ name: 'target', takes: 'NUMBER|+PERCENT%' }],
  async apply({ input, take, terminal }) {
    const [said] = take('target');
    if (said === undefined) return;
    const [, relative, percent] = /^(([+-]?\d+(?:\.\d+)?)\s*%)$/.exec(said) ?? [];
    if (relative) input['target'] = { kind: 'relative', percent: Number(percent) };
    else if (Number.isFinite(Number(said))) input['target'] = { kind: 'number', value: Number(said) };
    else throw new UsageError(terminal.speech.say('wrong.value', { option: '--target', value: said }));
  },
};

const wording: readonly Shorthand[] = [
  { name: 'text', takes: 'TEXT', repeats: true },
  { name: 'link', takes: 'ADDRESS' },
  { name: 'image', takes: 'FILE', repeats: true },
  { name: 'medium', takes: 'ID', repeats: true },
  { name: 'alt', takes: 'TEXT', repeats: true },
  { name: 'first-comment', takes: 'TEXT' },
];

const post: Shortened = {
  options: [
    ...wording,
    { name: 'channel', takes: 'ID', repeats: true },
    { name: 'goal', takes: 'ID' },
    { name: 'initiative', takes: 'ID' },
  ],
  async apply(shortening) {
    const { input, take } = shortening;
    const content = await shapeContent(shortening);
    if (content) input['content'] = content;
    const channels = take('channel');
    if (channels.length > 0) input['variants'] = channels.map((channelId) => ({ channelId }));
    const [goalId] = take('goal');
    const [initiativeId] = take('initiative');
    if (goalId) input['serves'] = { kind: 'goal', goalId };
    else if (initiativeId) input['serves'] = { kind: 'initiative', initiativeId };
  },
};

/** What the post says; null when nothing of it was given. Pictures go to the library first. */
async function shapeContent({ take, server, terminal, workspaceId }: Shortening): Promise<unknown> {
  const [texts, [link], alts, [firstComment]] = [take('text'), take('link'), take('alt'), take('first-comment')];
  const images = take('image').map((name) => readPicture(name, terminal));
  const media = take('medium');
  for (const [i, file] of images.entries()) {
    const medium = await server.client.media.upload({ workspaceId, file, alt: alts[i] ?? '' } as never);
    media.splice(i, 0, medium.id);
  }
  if (texts.length === 0 && media.length === 0 && !link && firstComment === undefined) return null;
  const parts = (texts.length === 0 ? [''] : texts).map((text, i) =>
    i === 0
      ? { text, media: media.map((mediumId, at) => ({ mediumId, alt: alts[at] ?? '' })), link: link ?? null }
      : { text },
  );
  return { parts, ...(firstComment === undefined ? {} : { firstComment }) };
}

const at: Shortened = {
  options: [
    { name: 'at', takes: 'YYYY-MM-DDTHH:MM' },
    { name: 'zone', takes: 'ZONE' },
  ],
  async apply({ input, take, server, workspaceId }) {
    const [[local], [zone]] = [take('at'), take('zone')];
    if (local === undefined) return;
    input['at'] = { local, zone: zone ?? (await server.client.workspaces.get({ workspaceId } as never)).zone };
  },
};

const shorthands: Partial<Record<OperationName, Shortened>> = {
  'goals.create': target,
  'goals.update': target,
  'initiatives.create': target,
  'initiatives.update': target,
  'posts.create': post,
  'posts.update': post,
  'posts.schedule': at,
  'posts.move': at,
};

/** The shorthands of an operation; null when it has none. */
export const findShorthands = (operation: OperationName): Shortened | null => shorthands[operation] ?? null;
