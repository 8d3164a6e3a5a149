import { ConfigError, readConfig } from '#server/platform/config/index.ts';
import { type Operate, type OperateCommand, OperateUsage } from './operate.ts';

/** Commands that run beside or without the server, on the installation the settings name. Loaded when they are used. */
export const operateCommands: readonly OperateCommand[] = [
  {
    name: 'audit verify',
    help: 'Check that no line of an audit log was changed or removed ([--anchor FILE])',
    load: async () => (await import('./audit-verify.ts')).runAuditVerify,
  },
  {
    name: 'backup',
    help: 'Write everything into one file and read it back, beside a running server ([--to FILE] [--with-key] [--without-media])',
    load: async () => (await import('./backup.ts')).runBackup,
  },
  {
    name: 'doctor',
    help: 'Look over the installation and say what is not right',
    load: async () => (await import('./doctor.ts')).runDoctor,
  },
  {
    name: 'keys rotate',
    help: 'Make a new key and seal everything that is stored with it, beside a running server',
    load: async () => (await import('./keys-rotate.ts')).runKeysRotate,
  },
  {
    name: 'media move',
    help: 'Move pictures and videos to the bucket or back to the disk, beside a running server (--to s3|disk [--delete-source | --leave-behind])',
    load: async () => (await import('./media-move.ts')).runMediaMove,
  },
  {
    name: 'migrate',
    help: 'Prepare the database for this version, and end',
    load: async () => (await import('./migrate.ts')).runMigrate,
  },
  {
    name: 'practice',
    help: 'Run the practice network, to try Goalpost without an account anywhere ([--port PORT] [--folder FOLDER])',
    load: async () => (await import('./practice.ts')).runPractice,
  },
  {
    name: 'restore',
    help: 'Put a backup back, or only see whether it could be (FILE [--replace] [--without-media] | --verify)',
    load: async () => (await import('./restore.ts')).runRestore,
  },
];

export interface OperateStart {
  words: readonly string[];
  env: Readonly<Record<string, string | undefined>>;
  json: boolean;
  print(text: string): void;
  complain(text: string): void;
}

/**
 * Runs one of them and gives the exit code: 2 when words or settings are not in order, 1 when it cannot be done here.
 * Why is said on standard error.
 */
export async function runOperate(command: OperateCommand, start: OperateStart): Promise<number> {
  const { words, env, json, print, complain } = start;
  const fail = (code: 'usage' | 'refused', message: string): number => {
    complain(json ? `${JSON.stringify({ code, message })}\n` : `${message}\n`);
    return code === 'usage' ? 2 : 1;
  };
  let config: ReturnType<typeof readConfig>;
  try {
    config = readConfig(env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return fail('usage', error.message);
  }
  const run: Operate = await command.load();
  const { StartRefusal } = await import('#server/platform/db/index.ts');
  try {
    return await run({ args: dropName(command.name, words), config, json, say: (line) => print(`${line}\n`) });
  } catch (error) {
    if (error instanceof OperateUsage) return fail('usage', error.message);
    // The system, the database or the vault says by its code what is wrong; anything else is a bug of ours.
    if (!(error instanceof StartRefusal) && !(error instanceof Error && 'code' in error)) throw error;
    return fail('refused', error.message || String('code' in error ? error.code : error.name));
  }
}

/** What stands besides the command's own name and `--json`. */
function dropName(name: string, words: readonly string[]): string[] {
  const own = [...name.split(' '), '--json'];
  return words.filter((word) => {
    const at = own.indexOf(word);
    if (at >= 0) own.splice(at, 1);
    return at < 0;
  });
}
