import { readFileSync } from 'node:fs';
import path from 'node:path';
import { text as readAll } from 'node:stream/consumers';
import { UsageError } from './failures.ts';
import { findRevision } from './find-revision.ts';
import type { Command } from './list-commands.ts';
import { commonOptions, listOptions } from './list-options.ts';
import { listPages } from './list-pages.ts';
import { nameUnknownOption } from './name-unknown-option.ts';
import type { Parsed } from './parse-words.ts';
import { chooseWorkspace, reachServer } from './reach-server.ts';
import type { Schema } from './schema.ts';
import { findField, putField, readPicture } from './shape-input.ts';
import { findShorthands } from './shorthands.ts';
import type { Terminal } from './terminal.ts';
import { goesInParts, uploadInParts } from './upload-in-parts.ts';
import { type Outcome, waitForPost } from './wait-for-post.ts';

type Fields = Record<string, unknown>;
type Options = Parsed['options'];

/** Calls one operation with what the command line says, and gives the answer as it came. */
export async function runCommand(terminal: Terminal, command: Command, parsed: Parsed): Promise<Outcome> {
  const options: Options = new Map(parsed.options);
  const take = (name: string) => takeTexts(terminal, options, name);
  const schema = command.input();
  checkOptions(terminal, command, options, schema);
  options.delete('json');
  const [all, wait] = [options.delete('all'), options.delete('wait')];
  const [address, told, idempotencyKey, file] = [
    take('server').at(-1),
    take('workspace').at(-1),
    take('idempotency-key').at(-1),
    take('input').at(-1),
  ];
  const input = await readInput(terminal, file);
  placeWords(terminal, command, { words: parsed.words, schema, input });

  const server = reachServer(terminal, { server: address, idempotencyKey });
  const workspaceId = command.inWorkspace ? await chooseWorkspace(terminal, server, told) : '';
  if (command.inWorkspace) input['workspaceId'] = workspaceId;
  await findShorthands(command.operation)?.apply({
    input,
    server,
    terminal,
    workspaceId,
    take: (name) => (isJson(options, schema, name) ? [] : take(name)),
  });
  for (const [name, values] of options) putField(input, { name, values, schema, terminal });
  if (schema.required?.includes('revision') && input['revision'] === undefined) {
    const revision = await findRevision(server, command, input);
    if (revision !== null) input['revision'] = revision;
  }
  if (all) {
    const body = { items: await listPages(server, command.group, command.verb, input) };
    return { answer: { body, text: JSON.stringify(body) }, reached: true };
  }
  const answer =
    command.operation === 'media.upload' && goesInParts(input['file'])
      ? await uploadInParts(
          server,
          { alt: '', ...input, file: input['file'], workspaceId },
          { repeatable: idempotencyKey !== undefined },
        )
      : await server.call(command.group, command.verb, input);
  return wait ? waitForPost(server, workspaceId, answer) : { answer, reached: true };
}

/** Refuses options that mean nothing here before anything is sent: a shorthand may upload a file. */
function checkOptions(terminal: Terminal, command: Command, options: Options, schema: Schema): void {
  // `N` in help stands for a number.
  const known = [...listOptions(command).map(({ name }) => name.replace(/\.N(?=\.|$)/g, '.0')), ...commonOptions];
  for (const name of options.keys()) {
    if (known.includes(name) || findField(schema, name)) continue;
    throw new UsageError(nameUnknownOption(terminal, { name, command: command.name, known }));
  }
}

/** A shorthand's name with JSON behind it means the field of that name, where there is one. */
function isJson(options: Options, schema: Schema, name: string): boolean {
  const first = options.get(name)?.[0];
  return typeof first === 'string' && /^[[{]/.test(first.trim()) && findField(schema, name) !== null;
}

function takeTexts({ speech }: Terminal, options: Options, name: string): string[] {
  const values = options.get(name) ?? [];
  options.delete(name);
  return values.map((value) => {
    if (value === true) throw new UsageError(speech.say('wrong.no-value', { option: `--${name}` }));
    return value;
  });
}

/** An input as JSON from a file or, for `-`, from standard input; options are put on top of it. */
async function readInput({ stdin, folder, speech }: Terminal, file: string | undefined): Promise<Fields> {
  if (file === undefined) return {};
  let read: unknown;
  try {
    read = JSON.parse(file === '-' ? await readAll(stdin) : readFileSync(path.resolve(folder, file), 'utf8'));
  } catch {
    read = null;
  }
  if (typeof read === 'object' && read !== null && !Array.isArray(read)) return read as Fields;
  throw new UsageError(speech.say('wrong.input', { file }));
}

/** The words behind the command are what stands in its address, and a file to send. */
function placeWords(
  terminal: Terminal,
  { places, name }: Command,
  { words, schema, input }: { words: string[]; schema: Schema; input: Fields },
): void {
  const { speech } = terminal;
  const file = Object.entries(schema.properties ?? {}).find(([, field]) => field.contentEncoding)?.[0];
  const wanted = [...places, ...(file ? [file] : [])];
  for (const [i, word] of words.entries()) {
    const place = wanted[i];
    if (!place) throw new UsageError(speech.say('wrong.word', { word, command: name }));
    input[place] = place === file ? readPicture(word, terminal) : word;
  }
  // An empty word is a variable that was not set: the address without it would be another one.
  const missing = places.find((place) => input[place] === undefined || input[place] === '');
  if (missing) throw new UsageError(speech.say('wrong.missing', { place: showPlace(missing), command: name }));
}

/** `postId` as help shows it: `POST-ID`. */
export const showPlace = (place: string): string => place.replace(/[A-Z]/g, (letter) => `-${letter}`).toUpperCase();
