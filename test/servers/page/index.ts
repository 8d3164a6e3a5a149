export { type PageServer, type PublicEntry, startPages } from './start.ts';
