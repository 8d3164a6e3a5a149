/** The code of an S3 server's error (`<Error><Code>…`); null when the body is none. */
export function readCode(body: string): string | null {
  const head = body.slice(0, 2_000);
  if (!/<Error[\s>]/.test(head)) return null;
  const code = /<Code>([A-Za-z0-9.]{1,60})<\/Code>/.exec(head)?.[1];
  return code ?? 'error-without-code';
}

/** The text of the first element of a name; null when there is none. */
export function readElement(xml: string, name: string): string | null {
  const text = new RegExp(`<${name}(?:\\s[^>]*)?>([^<]*)</${name}>`).exec(xml)?.[1];
  return text === undefined ? null : decode(text);
}

/** What stands in each element of a name that holds others. */
export function readElements(xml: string, name: string): string[] {
  return [...xml.matchAll(new RegExp(`<${name}(?:\\s[^>]*)?>(.*?)</${name}>`, 'gs'))].map(([, inside = '']) => inside);
}

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };

function decode(text: string): string {
  return text.replace(/&(?:#(\d+)|#x([0-9a-fA-F]+)|(\w+));/g, (all, decimal, hex, name) => {
    if (decimal) return String.fromCodePoint(Number(decimal));
    return hex ? String.fromCodePoint(Number.parseInt(hex, 16)) : (entities[name] ?? all);
  });
}
