import assert from 'node:assert';
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import type { PageEntry } from '#connectors/page/index.ts';
import type { Language } from '#contract/terms.ts';
import type { House, JobDefinition, WorkspaceContext } from '#server/platform/context/index.ts';
import type { Database } from '#server/platform/db/index.ts';
import { createJobs } from '#server/platform/jobs/index.ts';
import { createDiskStorage } from '#server/platform/storage/index.ts';
import { forgetPicturesJob } from './forget-pictures.ts';
import { enterAddress, insertPage } from './page-store.ts';
import type { PageLinkRow } from './tables.ts';

/** The part of a house that the page stands on, with a storage of its own. */
export interface TestGround extends Pick<House, 'db' | 'storage' | 'log' | 'jobs'> {
  config: typeof testConfig;
  warnings: string[];
  /** Stops what was started and deletes the storage. */
  clean(): Promise<void>;
}

/** Makes the ground for pages; its jobs run when `jobs.runDue` is called. */
export function makeGround(db: Database): TestGround {
  const folder = mkdtempSync(path.join(tmpdir(), 'goalpost-page-'));
  const warnings: string[] = [];
  const quiet = () => undefined;
  const log: House['log'] = {
    trace: quiet,
    debug: quiet,
    info: quiet,
    warn: (_fields, message) => void warnings.push(message),
    error: quiet,
    fatal: quiet,
    child: () => log,
  };
  const jobs = createJobs({ db, log });
  let starting: Promise<void> | null = null;
  const start = () => {
    starting ??= jobs.start(ground as unknown as House, [forgetPicturesJob] as JobDefinition<never>[], { work: false });
    return starting;
  };
  const ground: TestGround = {
    db,
    storage: createDiskStorage({ folder }),
    config: testConfig,
    log,
    warnings,
    jobs: {
      ...jobs,
      enqueue: async (...given) => {
        await start();
        await jobs.enqueue(...given);
      },
    },
    clean: async () => {
      if (starting) await jobs.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return ground;
}

const testConfig = {
  publicUrl: 'https://goalpost.test',
  mediaUrl: 'https://goalpost.test',
  websubHubs: ['https://hub.example/'],
};

/** Opens a page in a new workspace. */
export async function makePage(
  db: Database,
  given: {
    address?: string;
    title?: string;
    about?: string;
    language?: Language;
    zone?: string;
    links?: PageLinkRow[];
  } = {},
): Promise<{ workspaceId: string; pageId: string; address: string }> {
  const workspaceId = randomUUID();
  const pageId = randomUUID();
  const address = given.address ?? `page-${randomBytes(4).toString('hex')}`;
  const language = given.language ?? 'en';
  const title = given.title ?? 'Corner Bakery';
  await db.inWorkspace(workspaceId, async (tx) => {
    await sql`INSERT INTO workspace (id, name, language, zone)
      VALUES (${workspaceId}, ${title}, ${language}, ${given.zone ?? 'Asia/Bangkok'})`.execute(tx);
    await sql`INSERT INTO channel (workspace_id, id, network, name)
      VALUES (${workspaceId}, ${pageId}, 'page', ${title})`.execute(tx);
    await insertPage(tx, { workspaceId, id: pageId, address, title, language });
    await enterAddress(tx, { workspaceId, pageId }, address);
    await sql`UPDATE own_page SET about = ${given.about ?? ''}, links = ${JSON.stringify(given.links ?? [])}`.execute(
      tx,
    );
  });
  return { workspaceId, pageId, address };
}

/** A key as the ledger chooses them. */
export const makeKey = (): string => randomBytes(16).toString('hex');

/** An entry that says something short. */
export const makeEntry = (given: Partial<PageEntry> = {}): PageEntry => ({
  key: makeKey(),
  threadKey: null,
  position: 0,
  text: 'Fresh rolls from seven.',
  language: 'en',
  media: [],
  link: null,
  ...given,
});

/** A member's call in a workspace, membership already checked. */
export function makeContext(ground: TestGround, workspaceId: string): WorkspaceContext {
  const unused = new Proxy({}, { get: (_, name) => assert.fail(`The page does not use ${String(name)}.`) });
  const house = { ...ground, jobs: unused, vault: unused, http: unused, connectors: new Map() } as unknown as House;
  return {
    house,
    log: ground.log,
    personId: 'person' as WorkspaceContext['personId'],
    isOperator: false,
    address: '127.0.0.1',
    sessionId: null,
    apiKeyId: null,
    keyWorkspaceId: null,
    enterWorkspace: (id, work) => ground.db.inWorkspace(id, work),
    language: 'en',
    requestId: 'request',
    origin: 'https://goalpost.test',
    workspaceId: workspaceId as WorkspaceContext['workspaceId'],
    role: 'owner',
    inWorkspace: (work) => ground.db.inWorkspace(workspaceId, work),
  };
}
