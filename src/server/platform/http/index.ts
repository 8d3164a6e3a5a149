export type { FindMembership } from './admit-call.ts';
export { answerFile } from './answer-file.ts';
export type { Call, HttpEnv } from './call.ts';
export { isOurHost } from './check-arrival.ts';
export { createHttp, type HttpFace, type HttpOptions } from './create-http.ts';
export type { KeyRing, KnownKey } from './identify-caller.ts';
export type { Listening } from './listen.ts';
export type { Limits } from './rate-limits.ts';
export { isRecorded, type RecordChange } from './record-change.ts';
