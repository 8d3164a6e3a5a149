import type { ServerResponse } from 'node:http';

/** What is answered, and whether it arrives. */
export interface Answer {
  status: number;
  headers?: Record<string, string>;
  /** An object goes out as JSON, a string and bytes as they are. */
  body: object | string | Uint8Array;
  /** `dropped`: the line is closed without a byte. `reset`: it breaks in the middle. `endless`: 50 MB more than needed. */
  manner?: 'dropped' | 'reset' | 'endless';
}

const hugeBytes = 50_000_000;

/** Sends an answer, or breaks the line in the manner asked for. */
export async function sendAnswer(response: ServerResponse, answer: Answer): Promise<void> {
  const { status, headers = {}, body, manner } = answer;
  if (manner === 'dropped') {
    response.socket?.destroy();
    return;
  }
  const isJson = typeof body === 'object' && !(body instanceof Uint8Array);
  const bytes = isJson ? Buffer.from(JSON.stringify(body)) : Buffer.from(body);
  response.writeHead(status, {
    'content-type': 'application/json',
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
    ...headers,
    'content-length': String(bytes.length + (manner === 'endless' ? hugeBytes : 0)),
  });
  if (manner === 'reset') {
    response.write(bytes.subarray(0, Math.max(1, Math.floor(bytes.length / 2))), () => {
      response.socket?.resetAndDestroy();
    });
    return;
  }
  if (manner === 'endless') await writeSpaces(response);
  response.end(bytes);
}

/** Blanks before the JSON: whoever reads all of it is still able to parse it. */
async function writeSpaces(response: ServerResponse): Promise<void> {
  const chunk = Buffer.alloc(1_000_000, ' ');
  for (let written = 0; written < hugeBytes && !response.destroyed; written += chunk.length) {
    if (response.write(chunk)) continue;
    await new Promise<void>((resolve) => {
      const goOn = () => {
        response.off('drain', goOn).off('close', goOn);
        resolve();
      };
      response.once('drain', goOn).once('close', goOn);
    });
  }
}
