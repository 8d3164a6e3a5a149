export { type Ending, findEndings } from './find-endings.ts';
export { listEndings } from './list-endings.ts';
