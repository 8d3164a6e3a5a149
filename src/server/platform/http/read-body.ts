import { refuse, refuseField } from '../context/index.ts';

const bodyLimits = { json: 1_000_000, form: 30_000_000 } as const;

/**
 * A request's whole body, or a refusal as soon as it is larger than its kind may be. A form is small as everything else
 * where no file is taken: it stands in memory before it is known what it is worth.
 */
export async function readBody(
  request: Request,
  { takesFile }: { takesFile: boolean },
): Promise<Uint8Array<ArrayBuffer>> {
  const isForm =
    takesFile && request.headers.get('content-type')?.toLowerCase().startsWith('multipart/form-data') === true;
  const limit = isForm ? bodyLimits.form : bodyLimits.json;
  const tooLarge = (): never =>
    isForm
      ? refuse('medium-too-large', { params: { maxMegabytes: limit / 1_000_000 } })
      : refuseField('', 'body-too-large');
  if (Number(request.headers.get('content-length') ?? 0) > limit) tooLarge();
  if (!request.body) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body as ReadableStream<Uint8Array>) {
    size += chunk.byteLength;
    if (size > limit) tooLarge();
    chunks.push(chunk);
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.byteLength;
  }
  return whole;
}
