export { createLink } from './create-link.ts';
export { listLinks } from './list-links.ts';
export { lookAtLink } from './look-at-link.ts';
export { insertLink, withdrawLinksOf } from './reconnect-link-store.ts';
export { useLink } from './use-link.ts';
export { withdrawLink } from './withdraw-link.ts';
