export { makeBackupsJob } from './backups/index.ts';
export { examineInstallation } from './examine-installation.ts';
export type { Examined } from './examined.ts';
export { createHealth } from './health/index.ts';
export { listMediaPlaces } from './operator-store.ts';
export { readFigures } from './read-figures.ts';
export { readVersion } from './read-version.ts';
export { operatorRoutes } from './routes.ts';
