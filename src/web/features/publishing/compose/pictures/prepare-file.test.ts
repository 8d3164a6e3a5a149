import { expect, test, vi } from 'vitest';
import { isHeic, prepareFile } from './prepare-file.ts';

const makeHeic = () => new Blob(['\0\0\0\x18ftypheic\0\0\0\0mif1heic'], { type: '' });

test('knows HEIC by its bytes, whatever it is called', async () => {
  expect(await isHeic(makeHeic())).toBe(true);
  expect(await isHeic(new Blob(['\0\0\0\x18ftypisom\0\0\0\0isomavc1'], { type: 'image/heic' }))).toBe(false);
  expect(await isHeic(new Blob(['']))).toBe(false);
});

test('sends HEIC as a JPEG of its own making where the browser can read it', async () => {
  const jpeg = new Blob(['jpeg'], { type: 'image/jpeg' });
  const drawn: unknown[] = [];
  const canvas = {
    width: 0,
    height: 0,
    getContext: () => ({ fillRect: () => undefined, drawImage: (...all: unknown[]) => drawn.push(all.slice(3)) }),
    toBlob: (take: (blob: Blob) => void) => take(jpeg),
  };
  vi.stubGlobal('createImageBitmap', async () => ({ width: 40, height: 30, close: () => undefined }));
  vi.stubGlobal('document', { createElement: () => canvas });
  const heic = makeHeic();
  expect(await prepareFile(heic)).toEqual({ file: jpeg, poster: null });
  // Sent again it is the same and not drawn once more.
  expect(await prepareFile(heic)).toEqual({ file: jpeg, poster: null });
  expect(drawn).toEqual([[40, 30]]);
  vi.unstubAllGlobals();
});

test('sends the file itself where the browser cannot, and everything that is no HEIC', async () => {
  vi.stubGlobal('createImageBitmap', () => Promise.reject(new Error('cannot be decoded')));
  const heic = makeHeic();
  expect(await prepareFile(heic)).toEqual({ file: heic, poster: null });
  vi.unstubAllGlobals();
  const png = new Blob(['\x89PNG'], { type: 'image/png' });
  expect(await prepareFile(png)).toEqual({ file: png, poster: null });
});
