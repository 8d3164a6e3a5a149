import { UsageError } from './failures.ts';
import type { Speech } from './speech.ts';

/** The workspace meant among a person's own: by id or name as wished, or the only one. Else says which there are. */
export function pickWorkspace<W extends { id: string; name: string }>(
  speech: Speech,
  workspaces: readonly W[],
  wished: string | undefined,
): W {
  const [only, ...others] = workspaces.filter(
    ({ id, name }) => wished === undefined || id === wished || name.toLowerCase() === wished.toLowerCase(),
  );
  if (only && others.length === 0) return only;
  if (workspaces.length === 0) throw new UsageError(speech.say('wrong.no-workspace'));
  const names = workspaces.map(({ id, name }) => `  ${id}  ${name}`).join('\n');
  throw new UsageError(`${speech.say('wrong.which-workspace')}\n${names}`);
}
