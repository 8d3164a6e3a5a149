export type { FindMembership } from './admit-call.ts';
export type { Call, HttpEnv } from './call.ts';
export { createHttp, type HttpFace, type HttpOptions } from './create-http.ts';
export type { Listening } from './listen.ts';
