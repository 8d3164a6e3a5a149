export { findLinks, type LinkInText } from './find-links.ts';
export { type Length, lengths } from './lengths.ts';
export { validateContent } from './validate-content.ts';
