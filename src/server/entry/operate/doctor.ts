import { existsSync } from 'node:fs';
import type { Finding } from '#contract/operator.ts';
import { type Examined, examineInstallation, listMediaPlaces } from '#server/features/operator/index.ts';
import type { Config } from '#server/platform/config/index.ts';
import { countUnreadable, createVault, loadKeys } from '#server/platform/crypto/index.ts';
import { findEmbeddedPostgres } from '#server/platform/db/embedded/index.ts';
import { countMissingMigrations, openDatabase, sealedColumns } from '#server/platform/db/index.ts';
import { createLog } from '#server/platform/log/index.ts';
import { createTexts } from '#server/platform/texts/index.ts';
import { assertNoWords, type Operate } from './operate.ts';

/** `goalpost doctor`: 0 when nothing is a problem, 1 when something is. */
export const runDoctor: Operate = async ({ args, config, say, json }) => {
  assertNoWords(args, 'doctor');
  const findings = await examineFromOutside(config);
  if (json) say(JSON.stringify({ findings }));
  else for (const line of wordFindings(findings)) say(line);
  return findings.some(({ state }) => state === 'problem') ? 1 : 0;
};

/** Looks over the installation beside a running server or without one; starts nothing. */
export async function examineFromOutside(config: Config): Promise<Finding[]> {
  const log = createLog({ level: 'silent' });
  const hasKey = config.key.kind === 'given' || existsSync(config.key.path);
  const keys = hasKey ? await loadKeys(config.key) : [];
  const ground = { config, log, mail: { configured: config.mail.smtp !== null }, keyIds: keys.map(({ id }) => id) };
  const ownerUrl = await findOwnerUrl(config);
  if (ownerUrl === null) return examineInstallation({ ...ground, database: null });
  const url = new URL(ownerUrl);
  url.searchParams.set('options', '-c default_transaction_read_only=on');
  const db = openDatabase({ appUrl: url.href, acrossRole: 'none', poolSize: 2 });
  try {
    const said = await db.outside(async () => null).catch((error: Error) => error.message || String(error));
    const database: Examined['database'] = said ?? {
      db,
      everywhere: (work) => db.outside(work),
      countMissingMigrations: () => countMissingMigrations(ownerUrl),
      listMedia: () => db.outside(listMediaPlaces),
      async countUnreadable() {
        if (keys.length === 0) return 0;
        const vault = createVault({ keys });
        let unreadable = 0;
        for (const at of sealedColumns) unreadable += await db.outside((tx) => countUnreadable(tx, vault, at));
        return unreadable;
      },
    };
    return await examineInstallation({ ...ground, database });
  } finally {
    await db.close();
  }
}

async function findOwnerUrl({ database, dataDir }: Config): Promise<string | null> {
  if (database.kind === 'external') return database.ownerUrl;
  return (await findEmbeddedPostgres(dataDir))?.ownerUrl ?? null;
}

const marks = { fine: 'fine    ', warning: 'WARNING ', problem: 'PROBLEM ' } as const;

/** In English, as all that commands say. */
function wordFindings(findings: readonly Finding[]): string[] {
  const texts = createTexts();
  const lines = findings.map(
    ({ check, state, params }) => `${marks[state]} ${texts.t('en', `operator:checks.${check}.${state}`, params)}`,
  );
  const count = (wanted: Finding['state']) => findings.filter(({ state }) => state === wanted).length;
  return [...lines, `${count('problem')} problems, ${count('warning')} warnings, ${count('fine')} fine.`];
}
