import { suggestNearest } from './suggest-nearest.ts';
import type { Terminal } from './terminal.ts';

/** What to tell who gave an option that a command does not have: so, and the nearest one that it has. */
export function nameUnknownOption(
  { speech }: Terminal,
  { name, command, known }: { name: string; command: string; known: readonly string[] },
): string {
  const said = speech.say('wrong.option', { option: `--${name}`, command });
  return suggestNearest(speech, said, { typed: name, known, before: '--' });
}
