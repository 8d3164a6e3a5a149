import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import { Agent, getGlobalDispatcher, setGlobalDispatcher } from 'undici';
import { startAll } from '#server/entry/start-all.ts';
import { readConfig } from '#server/platform/config/index.ts';
import { startEmbeddedPostgres } from '#server/platform/db/embedded/index.ts';
import { createLog } from '#server/platform/log/index.ts';
import { findFreePort } from '#test/find-free-port.ts';

/** A Goalpost that may be scanned: on loopback, with a database of its own, its limits out of the way. */
export interface Scanned {
  url: string;
  /** How often each kind of answer was given so far: `operation or kind of address → status`. */
  answers(): ReadonlyMap<string, number>;
  /** Lines of the log that tell of a bug. */
  bugs(): readonly string[];
  stop(): Promise<void>;
}

/** Every save leaves the revision at the first one, with which the scanner saves; no try at a password counts. */
const outOfTheWay = `
  CREATE FUNCTION stay_at_first() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.revision := 1; RETURN NEW; END $$;
  CREATE FUNCTION stay_at_none() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.level := 0; RETURN NEW; END $$;
  CREATE TRIGGER stay_at_none BEFORE INSERT OR UPDATE ON auth.attempt FOR EACH ROW EXECUTE FUNCTION stay_at_none();
  DO $$ DECLARE t text; BEGIN
    FOR t IN SELECT table_name FROM information_schema.columns WHERE table_schema = 'public' AND column_name = 'revision' LOOP
      EXECUTE format('CREATE TRIGGER stay_at_first BEFORE UPDATE ON %I FOR EACH ROW EXECUTE FUNCTION stay_at_first()', t);
    END LOOP;
  END $$`;

/**
 * Starts the whole product. So that a scanner sees what is behind them, the limits on calls are as high as if there were
 * none, tries at passwords are not counted, and revisions stay as they are. That these hold is for the tests to say.
 */
export async function startScanned(): Promise<Scanned> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'goalpost-scan-'));
  const quiet = { info: () => undefined, warn: () => undefined, error: console.error };
  const postgres = await startEmbeddedPostgres({ dataDir: path.join(dataDir, 'database'), durable: false, log: quiet });
  const config = readConfig({
    GOALPOST_DATA_DIR: path.join(dataDir, 'data'),
    GOALPOST_PORT: String(await findFreePort()),
    GOALPOST_DATABASE_URL: postgres.ownerUrl,
  });
  const answers = new Map<string, number>();
  const bugs: string[] = [];
  const log = createLog({ level: 'info', to: { write: (line) => readLine(line, answers, bugs) } });
  const plenty = { perMinute: 1_000_000_000, burst: 1_000_000_000 };
  const running = await startAll({
    config,
    log,
    version: '0.0.0',
    say: () => undefined,
    limits: { person: plenty, key: plenty, address: plenty },
    signal: new AbortController().signal,
  });
  // The product has made its guarded way out that of the whole process; we must reach it by loopback. Its own calls do
  // not go by the process' way.
  const guarded = getGlobalDispatcher();
  setGlobalDispatcher(new Agent());
  const owner = new Client({ connectionString: postgres.ownerUrl });
  await owner.connect();
  await owner.query(outOfTheWay);
  return {
    url: `http://localhost:${running.port}`,
    answers: () => answers,
    bugs: () => bugs,
    async stop() {
      await owner.end();
      setGlobalDispatcher(guarded);
      await running.stop();
      await postgres.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

function readLine(text: string, answers: Map<string, number>, bugs: string[]): void {
  const line = JSON.parse(text) as { level: string; msg?: string; path?: string; status?: number; operation?: string };
  if (line.msg === 'answered') {
    const what = `${line.operation ?? line.path?.split('/').slice(0, 3).join('/').slice(0, 40) ?? ''} → ${line.status}`;
    answers.set(what, (answers.get(what) ?? 0) + 1);
  }
  if (line.level === 'error' || line.level === 'fatal' || (line.status ?? 0) >= 500) bugs.push(text.trim());
}
