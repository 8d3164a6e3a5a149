import { type Command, listCommands } from './list-commands.ts';
import { commonOptions, listOptions } from './list-options.ts';
import { loginOptions } from './login.ts';
import { showPlace } from './run-command.ts';
import type { Speech } from './speech.ts';

/** A command that runs beside or without the server. */
export interface OperateHelp {
  name: string;
  help: string;
}

/** Help for everything: the groups, and what runs beside the server. */
export function describeAll(speech: Speech, operate: readonly OperateHelp[]): string {
  const groups = [...new Set(listCommands().map(({ name }) => name.split(' ')[0] ?? ''))];
  const own = ['login', 'logout'].map((name): [string, string] => [name, speech.say(`help.${name}`)]);
  return [
    `${speech.say('help.usage')}: goalpost <${speech.say('help.group')}> <${speech.say('help.verb')}> [--${speech.say('help.field')} …] [--json]`,
    '',
    speech.say('help.what'),
    '',
    `${speech.say('help.begin')}:`,
    ...columns(own),
    '',
    `${speech.say('help.groups')}:`,
    ...columns(groups.map((group) => [group, speech.find(`groups.${group}`) ?? ''])),
    '',
    `${speech.say('help.operate')}:`,
    ...columns(operate.map(({ name, help }) => [name, help])),
    '',
    `${speech.say('help.everywhere')}:`,
    ...columns(commonOptions.map((name) => [`--${name}`, speech.say(`common.${name}`)])),
    '',
    speech.say('help.exit'),
    '',
  ].join('\n');
}

/** Help for one group: its commands. */
export function describeGroup(group: string, speech: Speech, operate: readonly OperateHelp[]): string {
  const commands = listCommands().filter(({ name }) => name.startsWith(`${group} `));
  const besides = operate.filter(({ name }) => name.startsWith(`${group} `));
  return [
    `${speech.say('help.usage')}: goalpost ${group} <${speech.say('help.verb')}>`,
    '',
    ...(speech.find(`groups.${group}`) ? [speech.say(`groups.${group}`), ''] : []),
    ...columns([
      ...besides.map(({ name, help }): [string, string] => [name, help]),
      ...commands
        .filter(({ name }) => !besides.some((other) => other.name === name))
        .map((command): [string, string] => [`${command.name}${showPlaces(command)}`, command.summary]),
    ]),
    '',
  ].join('\n');
}

/** Help for one command, from its operation. */
export function describeCommand(command: Command, speech: Speech): string {
  const options = listOptions(command);
  return [
    `${speech.say('help.usage')}: goalpost ${command.name}${showPlaces(command)} [--${speech.say('help.field')} …]`,
    '',
    `${command.summary}.`,
    command.scope === null ? speech.say('help.person') : speech.say('help.scope', { scope: command.scope }),
    ...(options.length > 0 ? ['', `${speech.say('help.options')}:`] : []),
    ...columns(
      options.map((option) => [
        `--${option.name}${option.takes ? ` ${option.takes}` : ''}`,
        [
          option.explained ? speech.say(option.explained) : '',
          option.required ? speech.say('help.required') : '',
          option.repeats ? speech.say('help.repeats') : '',
          isSaid(option.default) ? speech.say('help.default', { value: String(option.default) }) : '',
        ]
          .filter((part) => part !== '')
          .join(' '),
      ]),
    ),
    '',
  ].join('\n');
}

const isSaid = (value: unknown): boolean => ['string', 'number', 'boolean'].includes(typeof value) && value !== '';

const showPlaces = (command: Command): string => {
  const file = command.operation === 'media.upload' ? ['FILE'] : [];
  return [...command.places.map(showPlace), ...file].map((place) => ` ${place}`).join('');
};

const WIDEST = 44;

function columns(rows: [string, string][]): string[] {
  const width = Math.min(WIDEST, Math.max(0, ...rows.map(([left]) => left.length)));
  return rows.map(([left, right]) =>
    left.length > WIDEST && right !== ''
      ? `  ${left}\n  ${' '.repeat(width)}  ${right}`
      : `  ${left.padEnd(width)}  ${right}`.trimEnd(),
  );
}

/** Help for logging in. */
export function describeLogin(speech: Speech): string {
  return [
    `${speech.say('help.usage')}: goalpost login [--sign-up] [--${speech.say('help.field')} …]`,
    '',
    speech.say('help.login'),
    '',
    `${speech.say('help.options')}:`,
    ...columns(loginOptions.map((name) => [`--${name}`, speech.say(`login.options.${name}`)])),
    '',
  ].join('\n');
}
