import { stripVTControlCharacters } from 'node:util';

/** A text without what steers a terminal: sequences that begin with ESC or CSI, and control characters but line feeds. */
export const clean = (text: string): string => stripVTControlCharacters(text).replace(/(?!\n)\p{Cc}/gu, '');
