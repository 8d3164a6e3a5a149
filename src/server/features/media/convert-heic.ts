import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findProgram } from './find-program.ts';
import { MAX_UPLOAD_BYTES } from './picture.rules.ts';
import { runInTurn } from './run-in-turn.ts';
import { runProgram } from './run-program.ts';

/**
 * A HEIC picture as JPEG, by libheif's own program where the machine has it (`heif-convert`, since libheif 1.19
 * `heif-dec`); what comes out is then read as any picture that somebody brings. Null where there is none, or it cannot.
 */
export async function convertHeic(bytes: Uint8Array, workspaceId: string): Promise<Uint8Array | null> {
  const program = await findProgram('heif-convert', 'heif-dec');
  return program === null ? null : runInTurn(workspaceId, () => convertWith(program, bytes));
}

async function convertWith(program: string, bytes: Uint8Array): Promise<Uint8Array | null> {
  const folder = await mkdtemp(join(tmpdir(), 'goalpost-heic-'));
  try {
    const [from, to] = [join(folder, 'from.heic'), join(folder, 'to.jpg')];
    await writeFile(from, bytes);
    const run = await runProgram(program, ['-q', '92', from, to], { timeoutMs: 20_000, maxBytes: 1024 ** 3 });
    const made = run.ok ? await readFile(to).catch(() => null) : null;
    return made && made.byteLength <= MAX_UPLOAD_BYTES ? new Uint8Array(made) : null;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
