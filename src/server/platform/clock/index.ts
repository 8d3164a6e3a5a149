export { readClock } from './read-clock.ts';
