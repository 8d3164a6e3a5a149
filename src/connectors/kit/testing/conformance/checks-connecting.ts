import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Connected, Renewed } from '../../contract.ts';
import type { Fault, Outcome } from '../../faults.ts';
import { keepsWhole } from '../../rules/index.ts';
import type { Check } from './check.ts';
import { networksDocs } from './read-documented-faults.ts';
import { assertWellFormed } from './result-shapes.ts';
import { callOf, faultOf, hostileName, makeTrialCall, must, newPart, publish } from './trial.ts';

/** What the manifest says and what the connector has are the same thing. */
export const manifestAgreesWithFacets: Check = async ({ network, connector }) => {
  const { manifest, auth, publish: publishing, insights } = connector;
  assert.equal(manifest.id, network);
  assert.match(manifest.id, /^[a-z0-9-]+$/);
  assert.ok(existsSync(path.join(networksDocs, `${network}.md`)), 'It has no page under docs/networks.');
  assert.equal(manifest.connect.kind, auth.kind, 'connect');
  assert.equal(manifest.correct, publishing.correct !== undefined, 'correct');
  assert.equal(manifest.remove, publishing.remove !== undefined, 'remove');
  assert.equal(manifest.metrics.length > 0, insights !== undefined, 'metrics');
  for (const { checkedOn, source } of [manifest.facts, manifest.cadence]) {
    assert.match(checkedOn, /^\d{4}-\d\d-\d\d$/);
    assert.ok(Date.parse(checkedOn) <= Date.now() + 86_400_000, 'Facts are not from the future.');
    assert.notEqual(source, '');
  }
  if (auth.kind === 'form' && manifest.connect.kind === 'form') {
    const { renewal, lastsMs, renewableMs, renewBeforeMs, source, checkedOn } = manifest.connect.life;
    assert.equal(renewal !== 'none', auth.refresh !== undefined, 'refresh');
    assert.ok(source !== '' && /^\d{4}-\d\d-\d\d$/.test(checkedOn), 'The life of a credential has a source.');
    assert.ok((lastsMs ?? 1) > 0 && (renewableMs ?? 1) > 0 && renewBeforeMs >= 0);
    if (lastsMs !== null) assert.ok(renewBeforeMs <= lastsMs / 2, 'It is renewed in the second half of its life.');
  }
  const { images, link, thread, text, firstComment } = manifest;
  for (const { max } of [...text.limits, ...(firstComment?.limits ?? [])]) assert.ok(max > 0);
  assert.ok(text.limits.length > 0, 'A text has a limit.');
  if (images) {
    assert.ok(images.max > 0 && images.maxBytes > 0 && images.maxEdge > 0 && images.alt.max > 0);
    assert.ok(images.mimes.every((mime) => mime.startsWith('image/')) && images.mimes.length > 0);
  }
  if (link?.card) assert.ok(link.maxImageBytes > 0);
  if (thread) assert.ok(thread.maxParts > 1);
  for (const reconcile of [manifest.reconcile, ...Object.values(manifest.reconcileOf ?? {})]) {
    assert.ok(reconcile.readLagMs >= 0);
    if (reconcile.by === 'person' || reconcile.by === 'repeat-with-key') {
      assert.equal(reconcile.absenceIsConclusive, false, 'Nothing is read there, so nothing is proved.');
    }
    if (reconcile.by === 'repeat-with-key') assert.ok(reconcile.keyLifeMs > 120_000, 'A key lives for some looks.');
  }
  assert.equal(manifest.reconcileOf !== undefined, publishing.accountKind !== undefined, 'accountKind');
  for (const { source, checkedOn, capacity, perMs, cost = 1 } of manifest.limits ?? []) {
    assert.ok(source !== '' && /^\d{4}-\d\d-\d\d$/.test(checkedOn), 'A limit has a source.');
    assert.ok(capacity >= cost && cost > 0 && perMs > 0, 'A limit lets something through.');
  }
  const names = manifest.metrics.map(({ metric, of }) => `${of} ${metric}`);
  assert.equal(new Set(names).size, names.length, 'A metric stands there twice.');
  return 'pass';
};

/** Signing in gives the account, a name without tricks, and a credential that works. */
export const connect: Check = async (trial) => {
  if (trial.connector.auth.kind === 'own') return 'absent';
  const account = await trial.account();
  assertWellFormed('connect', { ok: true, value: account.connected });
  assert.equal(account.connected.account.name, hostileName.replace('\u202e', ''));
  await publish(trial, account, newPart());
  return 'pass';
};

/** Each field that is left out or wrong is refused at that field, and no secret stands in the refusal. */
export const connectRefusedWrongSecret: Check = async (trial) => {
  const { auth, manifest } = trial.connector;
  if (auth.kind === 'own' || manifest.connect.kind === 'own') return 'absent';
  const { entry } = await trial.account();
  assert.ok('values' in entry);
  for (const { name, input, required } of manifest.connect.fields) {
    const wrong: Record<string, string> = { ...entry.values };
    if (required) {
      const left: Record<string, string> = { ...entry.values, [name]: ' ' };
      if (input === 'password') left[name] = '';
      const fault: Fault = faultOf(await auth.connect(makeTrialCall(trial.house.http), left));
      assert.ok(
        fault.kind === 'content-rejected' && fault.field === name,
        `${name} left out: ${JSON.stringify(fault)}`,
      );
    }
    if (input !== 'password') continue;
    wrong[name] = 'wrong-secret-5432';
    const refused: Outcome<Connected, Fault> = await auth.connect(makeTrialCall(trial.house.http), wrong);
    assertWellFormed('connect', refused);
    const fault: Fault = faultOf(refused);
    assert.ok(fault.kind === 'content-rejected' && fault.field === name, JSON.stringify(fault));
    assert.ok(!JSON.stringify(fault).includes('wrong-secret-5432'));
  }
  return 'pass';
};

/** Renewing gives a credential of the same account that works, and everything of it can be kept as JSON. */
export const refresh: Check = async (trial) => {
  const { auth } = trial.connector;
  if (auth.kind === 'own' || !auth.refresh) return 'absent';
  for (const kind of trial.open.kinds) {
    const account = await trial.account(kind);
    const older = account.connected.credential;
    const renewed: Outcome<Renewed, Fault> = await auth.refresh(callOf(trial, account));
    assertWellFormed('refresh', renewed);
    const { credential, expiresAt }: Renewed = must(renewed);
    assert.notEqual(JSON.stringify(credential), JSON.stringify(older), 'The credential is the old one.');
    assert.ok(keepsWhole(older, credential), 'The renewed credential lacks something that the old one had.');
    account.connected = { ...account.connected, credential: JSON.parse(JSON.stringify(credential)), expiresAt };
    await publish(trial, account, newPart());
  }
  return 'pass';
};
