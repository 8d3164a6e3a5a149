import type { Dispatcher } from 'undici';
import { WriteForbiddenError } from './refusal.ts';

/**
 * Wraps a request's handler so that `onWrite` runs in the very tick in which undici writes the request. When it throws,
 * nothing is written and the request fails with `WriteForbiddenError`.
 */
export function watchWrite(handler: Dispatcher.DispatchHandler, onWrite: () => void): Dispatcher.DispatchHandler {
  return {
    onRequestStart(controller, context) {
      handler.onRequestStart?.(controller, context);
      if (controller.aborted) return;
      try {
        onWrite();
      } catch (error) {
        controller.abort(new WriteForbiddenError(error));
      }
    },
    onRequestUpgrade: (...heard) => handler.onRequestUpgrade?.(...heard),
    onResponseStart: (...heard) => handler.onResponseStart?.(...heard),
    onResponseData: (...heard) => handler.onResponseData?.(...heard),
    onResponseEnd: (...heard) => handler.onResponseEnd?.(...heard),
    onResponseError: (...heard) => handler.onResponseError?.(...heard),
  };
}
