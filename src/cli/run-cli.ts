import path from 'node:path';
import { clean } from './clean.ts';
import { RefusedError, UnreachableError, UsageError } from './failures.ts';
import { describeAll, describeCommand, describeGroup, describeLogin } from './help.ts';
import { listCommands } from './list-commands.ts';
import { logIn, loginOptions, logOut } from './login.ts';
import { nameUnknownCommand } from './name-unknown-command.ts';
import { nameUnknownOption } from './name-unknown-option.ts';
import { type Parsed, parseWords } from './parse-words.ts';
import { printAnswer } from './print-answer.ts';
import { runCommand } from './run-command.ts';
import { chooseTerminalLanguage, createSpeech } from './speech.ts';
import { exitCodes, type Start, type Terminal } from './terminal.ts';

/** Runs one command line and gives the program's exit code: 0 done, 1 refused, 2 not understood, 3 not reached. */
export async function runCli(start: Start): Promise<number> {
  const parsed = parseWords(start.words);
  const json = parsed.options.has('json');
  const terminal: Terminal = {
    ...start,
    // Words from outside cannot steer the terminal, whatever they stand in: an answer, a refusal, a name to choose from.
    ...(json ? {} : { print: (text) => start.print(clean(text)), complain: (text) => start.complain(clean(text)) }),
    speech: createSpeech(chooseTerminalLanguage(start.env)),
    json,
    folder: path.resolve(start.env['INIT_CWD'] ?? process.cwd()),
  };
  try {
    return await dispatch(terminal, parsed);
  } catch (thrown) {
    return explain(terminal, thrown);
  }
}

async function dispatch(terminal: Terminal, parsed: Parsed): Promise<number> {
  const { print, version, speech, json } = terminal;
  const { words, options } = parsed;
  const [first, second] = words;
  // The only door of the server's that is opened here; what is behind it is loaded for a command of its name alone.
  const { operateCommands, runOperate } = await import('#server/entry/operate/index.ts');
  if (first === undefined && options.has('version')) print(`${version}\n`);
  else if (first === undefined || first === 'help') help(terminal, words.slice(1), operateCommands);
  else if (options.has('help')) help(terminal, words, operateCommands);
  else if (first === 'login' || first === 'logout') await enter(terminal, first, parsed);
  else {
    const operate = operateCommands.find(({ name }) => name === first || name === `${first} ${second}`);
    if (operate) return runOperate(operate, terminal);
    const command = listCommands().find(({ name }) => name === `${first} ${second}`);
    const others = ['login', 'logout', ...operateCommands.map(({ name }) => name)];
    if (!command) throw new UsageError(nameUnknownCommand(terminal, words, others));
    const { answer, reached } = await runCommand(terminal, command, { options, words: words.slice(2) });
    print(json ? `${answer.text || '{}'}\n` : await printAnswer(answer.body, speech));
    if (!reached) return exitCodes.refused;
  }
  return exitCodes.fine;
}

async function enter(terminal: Terminal, verb: 'login' | 'logout', parsed: Parsed): Promise<void> {
  const { speech, json, print } = terminal;
  const known: readonly string[] = ['json', ...(verb === 'login' ? loginOptions : ['server'])];
  const [word] = parsed.words.slice(1);
  if (word !== undefined) throw new UsageError(speech.say('wrong.word', { word, command: verb }));
  const strange = [...parsed.options.keys()].find((name) => !known.includes(name));
  if (strange !== undefined) throw new UsageError(nameUnknownOption(terminal, { name: strange, command: verb, known }));
  const left = verb === 'login' ? await logIn(terminal, parsed) : logOut(terminal, parsed);
  print(json ? `${JSON.stringify(left)}\n` : `${speech.say(`${verb}.done`, { ...left })}\n`);
}

function help(
  { print, speech }: Terminal,
  [group = '', verb = '']: readonly string[],
  operate: Parameters<typeof describeAll>[1],
): void {
  const commands = listCommands();
  const command = commands.find(({ name }) => name === `${group} ${verb}`);
  const besides = operate.find(({ name }) => name === group || name === `${group} ${verb}`);
  if (besides) print(`goalpost ${besides.name}\n\n${besides.help}.\n`);
  else if (command) print(describeCommand(command, speech));
  else if (group === 'login') print(describeLogin(speech));
  else if (commands.some(({ name }) => name.startsWith(`${group} `))) print(describeGroup(group, speech, operate));
  else print(describeAll(speech, operate));
}

/** Says what went wrong, in words or as a JSON document, on standard error. */
function explain({ json, complain, speech }: Terminal, thrown: unknown): number {
  if (thrown instanceof RefusedError) {
    const { body, text } = thrown;
    const problems = (body.data?.problems ?? []).map(({ field, message }) => `  ${field}: ${message ?? ''}\n`);
    complain(json ? `${text}\n` : `${body.message}\n${problems.join('')}`);
    return exitCodes.refused;
  }
  if (!(thrown instanceof UsageError || thrown instanceof UnreachableError)) throw thrown;
  const isUsage = thrown instanceof UsageError;
  const { message } = thrown;
  const more = isUsage ? `${speech.say('wrong.help')}\n` : '';
  complain(json ? `${JSON.stringify({ code: isUsage ? 'usage' : 'unreachable', message })}\n` : `${message}\n${more}`);
  return isUsage ? exitCodes.usage : exitCodes.unreachable;
}
