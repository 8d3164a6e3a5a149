/** What the process of a café tells the doorway. */
export type CafeNews =
  /** How far the making is, 0 to 1. */
  | { kind: 'progress'; share: number }
  /** It answers on this port of loopback. */
  | { kind: 'ready'; port: number }
  | { kind: 'failed'; message: string };
