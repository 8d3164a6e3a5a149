import type { AccountCall, AuthFacet, Connector, InsightsFacet, PublishFacet } from '#connectors/kit/contract.ts';

type Form = Extract<AuthFacet, { kind: 'form' }>;

/** A connector that signs in otherwise. */
export const auth = (change: (real: Form) => Partial<Form>) => (connector: Connector) => {
  if (connector.auth.kind !== 'form') throw new Error('There is no form.');
  return { ...connector, auth: { ...connector.auth, ...change(connector.auth) } };
};
/** A connector that publishes otherwise. */
export const publish = (change: (real: PublishFacet) => Partial<PublishFacet>) => (connector: Connector) => ({
  ...connector,
  publish: { ...connector.publish, ...change(connector.publish) },
});
/** A connector that measures otherwise. */
export const insights = (change: (real: InsightsFacet) => Partial<InsightsFacet>) => (connector: Connector) => {
  if (!connector.insights) throw new Error('It measures nothing.');
  return { ...connector, insights: { ...connector.insights, ...change(connector.insights) } };
};
export const asIs = (connector: Connector): Connector => connector;
/** Every call of a whole facet made with another call context. */
export const calling = (change: (call: AccountCall) => AccountCall) => (connector: Connector) =>
  publish((real) => ({
    prepare: (call, part) => real.prepare(change(call), part),
    send: (call, prepared, guard) => real.send(change(call), prepared, guard),
    find: (call, prepared) => real.find(change(call), prepared),
  }))(insights((real) => ({ posts: (call, ids) => real.posts(change(call), ids) }))(connector));
/** A call without its end. */
export const outliving = (call: AccountCall): AccountCall => ({ ...call, signal: new AbortController().signal });

/** A way out that takes whatever comes. */
export const letting = (http: AccountCall['http']): AccountCall['http'] => ({
  request: (request) => http.request({ ...request, maxBytes: 2 ** 30 }),
});

/** An exchange whose answer was walked to its bottom. */
export async function walked(
  exchange: ReturnType<AccountCall['http']['request']>,
): ReturnType<AccountCall['http']['request']> {
  const outcome = await exchange;
  const depth = (value: unknown): number =>
    typeof value === 'object' && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depth)) : 0;
  if (outcome.ok) depth(outcome.response.json());
  return outcome;
}
