import { listCommands } from './list-commands.ts';
import { suggestNearest } from './suggest-nearest.ts';
import type { Terminal } from './terminal.ts';

/** What to tell who typed a command that is not there: the nearest one, or those of the group. */
export function nameUnknownCommand({ speech }: Terminal, words: readonly string[], others: readonly string[]): string {
  const [group = '', verb] = words;
  const names = [...listCommands().map(({ name }) => name), ...others];
  const inGroup = names.filter((name) => name.startsWith(`${group} `));
  if (inGroup.length > 0 && verb === undefined)
    return [speech.say('wrong.verb', { group }), ...inGroup.map((name) => `  ${name}`)].join('\n');
  const [typed, known] =
    inGroup.length > 0
      ? [`${group} ${verb}`, inGroup]
      : [group, [...new Set(names.map((name) => name.split(' ')[0] ?? ''))]];
  return suggestNearest(speech, speech.say('wrong.command', { command: typed }), { typed, known });
}
