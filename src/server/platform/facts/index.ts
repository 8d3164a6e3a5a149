export type { Fact } from './fact-store.ts';
export { type FactHearer, type Hearers, hearEach, tellFact, tellFacts } from './facts.ts';
export { type FactPump, handOnFacts, startFactPump } from './hand-on-facts.ts';
