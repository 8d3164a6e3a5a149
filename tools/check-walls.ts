import path from 'node:path';
import { cruiseWalls } from './cruise-walls.ts';

const { breaches, read, present } = await cruiseWalls(path.join(import.meta.dirname, '..'));
for (const breach of breaches) console.error(breach);
if (read < present * 0.98) console.error(`The wall checker read ${read} of ${present} source files.`);
process.exitCode = breaches.length === 0 && read >= present * 0.98 ? 0 : 1;
