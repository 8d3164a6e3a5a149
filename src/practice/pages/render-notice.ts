import { html } from 'hono/html';
import { renderDocument } from './render-document.ts';
import type { Words } from './words.ts';

/** A page with one sentence on it. */
export const renderNotice = (words: Words, notice: string): Promise<string> =>
  renderDocument(words, words.title, html`<p>${notice}</p>`);
