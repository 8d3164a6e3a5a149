export { archiveInitiative } from './archive-initiative.ts';
export { createInitiative } from './create-initiative.ts';
export { findInitiativeRow } from './initiative-store.ts';
export { listInitiatives } from './list-initiatives.ts';
export { restoreInitiative } from './restore-initiative.ts';
export { updateInitiative } from './update-initiative.ts';
