export { feedFiles, mountPublicPages, type PublicPages } from './mount-public-pages.ts';
