import { describeAll, describeCommand, describeGroup, describeLogin, type OperateHelp } from './help.ts';
import { listCommands } from './list-commands.ts';
import { createSpeech } from './speech.ts';

/** All help in English as one document: what docs/cli.md holds. */
export function describeCommands(operate: readonly OperateHelp[]): string {
  const speech = createSpeech('en');
  const commands = listCommands();
  const groups = [...new Set(commands.map(({ name }) => name.split(' ')[0] ?? ''))];
  const fenced = (text: string) => `\`\`\`text\n${text.trimEnd()}\n\`\`\`\n`;
  return [
    '# The command line\n',
    'Made by `node tools/make-cli-doc.ts` from the contract; the same is printed by `goalpost help`, `goalpost help <group>` and `goalpost <group> <verb> --help`. `goalpost` is `npm run -s goalpost --` in a checkout, or `bin/goalpost.cjs`. [The loop](the-loop.md) shows the commands at work.\n',
    fenced(describeAll(speech, operate)),
    '## login\n',
    fenced(describeLogin(speech)),
    ...groups.flatMap((group) => [
      `## ${group}\n`,
      fenced(describeGroup(group, speech, operate)),
      ...commands
        .filter(({ name }) => name.startsWith(`${group} `) && !operate.some((other) => other.name === name))
        .flatMap((command) => [`### ${command.name}\n`, fenced(describeCommand(command, speech))]),
    ]),
  ].join('\n');
}
