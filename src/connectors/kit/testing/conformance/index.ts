export { type Capability, capabilityNames } from './capabilities.ts';
export { holdToExpected, type Standing } from './hold-to-expected.ts';
export { answering, type HostileAnswer } from './hostile-server.ts';
export { type Finding, runConformance } from './run-conformance.ts';
export type {
  ConformanceSubject,
  Engaged,
  KnownError,
  OpenSubject,
  PublicPost,
  SubjectAccount,
} from './subject.ts';
export type { HouseParts } from './trial.ts';
