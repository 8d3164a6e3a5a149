import type { CallKind } from '../orders.ts';
import type { Ask } from './ask.ts';

/** A call of the API: at which method and path, and how orders name it. */
export interface Route {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** `:name` stands for one segment. */
  path: string;
  /** Null: never misbehaves. */
  call: CallKind | null | ((ask: Ask) => CallKind);
}
