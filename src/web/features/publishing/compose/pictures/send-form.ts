import { decodeRefusal } from '../../../../lib/failure.ts';
import { spoken } from '../../../../lib/languages.ts';

/**
 * Sends a form and tells how many bytes of it have gone, which `fetch` cannot. Sent again under the same key it is done
 * once. Rejects as the other calls do.
 */
export function sendForm<T>(
  path: string,
  form: FormData,
  { key, signal, onSent }: { key?: string; signal: AbortSignal; onSent?: (sentBytes: number, ofBytes: number) => void },
): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', path);
    request.setRequestHeader('accept-language', spoken());
    if (key !== undefined) request.setRequestHeader('idempotency-key', key);
    request.responseType = 'json';
    request.upload.onprogress = ({ loaded, total }) => onSent?.(loaded, total);
    request.onload = () => {
      if (request.status === 200 || request.status === 201) resolve(request.response as T);
      else reject(decodeRefusal(request.response, request.status) ?? new Error(`answered ${request.status}`));
    };
    request.onerror = () => reject(new Error('no answer'));
    request.onabort = () => reject(new Error('given up'));
    signal.addEventListener('abort', () => request.abort());
    if (signal.aborted) reject(new Error('given up'));
    else request.send(form);
  });
}
