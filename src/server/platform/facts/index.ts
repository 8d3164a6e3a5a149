export { type Fact, type FactHearer, type Hearers, tellFact } from './facts.ts';
export { type FactPump, handOnFacts, startFactPump } from './hand-on-facts.ts';
