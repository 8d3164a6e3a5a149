import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** What the network accepted, as it stands in its ledger file. */
export interface LedgerEntry {
  at: string;
  act: 'create' | 'comment' | 'edit' | 'delete';
  account: string;
  post: string;
  replyTo: string | null;
  key: string | null;
  textHash: string;
  text: string;
  media: { id: string; alt: string }[];
}

export type AccountKind = 'keyed' | 'keyless' | 'repeat' | 'container' | 'blind';

/** A practice network in a process of its own. */
export interface PracticeServer {
  url: string;
  ledgerFile: string;
  controlSecret: string;
  /** Does one thing that control can do; see docs/networks/practice.md. */
  control(verb: string, fields?: object): Promise<unknown>;
  /** What goes wrong with the next calls of an account. */
  misbehave(
    misbehaviour: object,
    order?: { account?: string; call?: string; skip?: number; times?: number | null },
  ): Promise<void>;
  /** Calls of its API, oldest first, as far as it remembers them; null: those of nobody it knows. */
  calls(account: string | null): Promise<{ call: string; status: number | null }[]>;
  /** The ledger, read from the file and not from the network. */
  readLedger(account?: string): LedgerEntry[];
  openAccount(
    handle: string,
    about?: {
      kind?: AccountKind;
      name?: string;
      readLagMs?: number;
      quota?: number;
      rewrites?: boolean;
      accessLifeMs?: number;
      signInLifeMs?: number;
      rotates?: boolean;
      repeatsEnd?: boolean;
    },
  ): Promise<PracticeAccount>;
  pid: number;
  stop(): Promise<void>;
}

/** An account with what a person could do there by hand. */
export interface PracticeAccount {
  id: string;
  handle: string;
  password: string;
  /** Any call of the API with this account's token. */
  call(method: string, path: string, body?: object): Promise<{ status: number; body: Record<string, unknown> }>;
  like(post: string): Promise<void>;
  share(post: string): Promise<void>;
  comment(post: string, text: string): Promise<void>;
  follow(handle: string): Promise<void>;
}

const main = path.join(import.meta.dirname, '../../../src/practice/main.ts');

/** Starts the practice network as a child process in a folder of its own; it ends with this process, also when that is killed. */
export async function startPractice({ folder }: { folder?: string } = {}): Promise<PracticeServer> {
  const home = folder ?? mkdtempSync(path.join(tmpdir(), 'goalpost-practice-'));
  const child = spawn(process.execPath, [main, '--port', '0', '--folder', home], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'] },
  });
  const { url, controlSecret, ledgerFile } = await readyMessage(child);
  const control = async (verb: string, fields: object = {}): Promise<unknown> => {
    const answer = await callJson(`${url}/control/${verb}`, { method: 'POST', token: controlSecret, body: fields });
    if (answer.status > 299) throw new Error(`${verb}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  return {
    url,
    ledgerFile,
    controlSecret,
    control,
    async misbehave(misbehaviour, order = {}) {
      await control('order', { ...order, misbehaviour });
    },
    async calls(account) {
      const { body } = await callJson(`${url}/control`, { method: 'GET', token: controlSecret });
      return (body['calls'] as { call: string; status: number | null; account: string }[]).filter(
        (it) => it.account === account,
      );
    },
    readLedger: (account) =>
      readFileSync(ledgerFile, 'utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as LedgerEntry)
        .filter((line) => account === undefined || line.account === account),
    openAccount: (handle, about = {}) => openAccount(url, handle, about),
    pid: child.pid ?? 0,
    async stop() {
      if (child.exitCode === null && child.signalCode === null) {
        child.kill('SIGTERM');
        await once(child, 'exit');
      }
      if (folder === undefined) rmSync(home, { recursive: true, force: true });
    },
  };
}

async function readyMessage(child: ChildProcess): Promise<{ url: string; controlSecret: string; ledgerFile: string }> {
  let complaints = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    complaints += chunk.toString();
  });
  const message = once(child, 'message', { signal: AbortSignal.timeout(30_000) });
  const ended = once(child, 'exit').then(() => {
    throw new Error(`The practice network did not start: ${complaints}`);
  });
  const [ready] = await Promise.race([message, ended]);
  ended.catch(() => undefined);
  return ready as { url: string; controlSecret: string; ledgerFile: string };
}

async function openAccount(url: string, handle: string, about: object): Promise<PracticeAccount> {
  const password = 'practice makes perfect';
  const opened = await callJson(`${url}/api/v1/accounts`, { method: 'POST', body: { handle, password, ...about } });
  if (opened.status !== 201) throw new Error(`No account: ${JSON.stringify(opened.body)}`);
  // Signed in when it is first needed, so that sign-ins are those of the product.
  let token: string | undefined;
  const call: PracticeAccount['call'] = async (method, path, body) => {
    if (token === undefined) {
      const session = await callJson(`${url}/api/v1/sessions`, { method: 'POST', body: { handle, password } });
      token = String(session.body['accessToken']);
    }
    return callJson(`${url}/api/v1${path}`, { method, token, ...(body ? { body } : {}) });
  };
  const must = async (method: string, path: string, body: object = {}) => {
    const answer = await call(method, path, body);
    if (answer.status > 299) throw new Error(`${path}: ${JSON.stringify(answer.body)}`);
  };
  return {
    id: String(opened.body['id']),
    handle,
    password,
    call,
    like: (post) => must('POST', `/posts/${post}/like`),
    share: (post) => must('POST', `/posts/${post}/share`),
    comment: (post, text) => must('POST', '/posts', { text, replyTo: post, comment: true }),
    follow: (other) => must('POST', '/follows', { handle: other }),
  };
}

async function callJson(
  url: string,
  { method, token, body }: { method: string; token?: string; body?: object },
): Promise<{ status: number; body: Record<string, unknown> }> {
  const answer = await fetch(url, {
    method,
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body ? { 'content-type': 'application/json' } : {}),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const text = await answer.text();
  return { status: answer.status, body: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>) };
}
