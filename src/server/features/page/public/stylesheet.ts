import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';

/** The one stylesheet of public pages; its name changes with its content, so that it can be kept for good. */
export interface Stylesheet {
  /** File name below /p/. */
  name: string;
  path: string;
  css: string;
}

export function readStylesheet(): Stylesheet {
  const css = readFileSync(path.join(import.meta.dirname, 'page.css'), 'utf8');
  const name = `style.${createHash('sha256').update(css).digest('hex').slice(0, 12)}.css`;
  return { name, path: `/p/${name}`, css };
}
