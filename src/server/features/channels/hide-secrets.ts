import type { Json } from '#connectors/kit/contract.ts';
import type { Fault } from '#connectors/kit/faults.ts';

/** Shorter ones would blank out ordinary words. */
const SHORTEST = 6;

/**
 * A fault whose words hold no secret: some networks repeat in an error what they were told. `open` are values that are
 * no secrets although they stand among them, such as the account's id.
 */
export function hideSecrets<F extends Fault>(fault: F, secrets: Json, open: readonly (string | null)[] = []): F {
  const values = listTexts(secrets)
    .filter((text) => text.length >= SHORTEST && !open.includes(text))
    .flatMap((text) => [text, encodeURIComponent(text), Buffer.from(text).toString('base64').replace(/=+$/, '')]);
  if (values.length === 0) return fault;
  const entries = Object.entries(fault).map(([name, value]) => [
    name,
    typeof value === 'string' && name !== 'kind' ? hide(value, values) : value,
  ]);
  return Object.fromEntries(entries) as F;
}

const hide = (text: string, values: readonly string[]): string =>
  values.reduce((clean, value) => clean.replaceAll(value, '[hidden]'), text);

function listTexts(value: Json): string[] {
  if (typeof value === 'string') return [value];
  if (value === null || typeof value !== 'object') return [];
  return Object.values(value).flatMap((each) => listTexts(each as Json));
}
