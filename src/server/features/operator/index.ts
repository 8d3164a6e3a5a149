export { examineInstallation } from './examine-installation.ts';
export type { Examined } from './examined.ts';
export { readFigures } from './read-figures.ts';
export { operatorRoutes } from './routes.ts';
