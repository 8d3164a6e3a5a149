import { describe, expect, test } from 'vitest';
import { chooseMimes, namePicture, recognisePicture } from './picture.rules.ts';

const bytesOf = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

describe('a picture', () => {
  test.each([
    ['\xff\xd8\xff\xe0....', 'image/jpeg'],
    ['\x89PNG\r\n\x1a\n....', 'image/png'],
    ['RIFF....WEBPVP8 ', 'image/webp'],
    ['GIF89a....', 'image/gif'],
    ['....ftypheic....mif1', 'heic'],
    ['....ftypmif1....heic', 'heic'],
    ['....ftypisom....mp41', 'unknown'],
    ['<svg xmlns="http://www.w3.org/2000/svg"/>', 'unknown'],
    ['<html><script>', 'unknown'],
    ['%PDF-1.7', 'unknown'],
    ['RIFF....AVI LIST', 'unknown'],
    ['', 'unknown'],
  ])('that begins with %j is %s', (text, kind) => {
    expect(recognisePicture(bytesOf(text))).toBe(kind);
  });

  test.each([
    ['Brot & Brötchen.JPG', 'Brot & Brötchen'],
    ['ขนมปัง.png', 'ขนมปัง'],
    ['../../etc/passwd', 'passwd'],
    ['C:\\fakepath\\a.b.webp', 'a.b'],
    ['\u202Egnp.exe', 'gnp'],
    ['.png', 'picture'],
    ['', 'picture'],
  ])('from the file %j is called %j', (file, name) => {
    expect(namePicture(file)).toBe(name);
  });

  test('keeps its transparency where the network can, and is a JPEG where it has none', () => {
    const all = ['image/jpeg', 'image/png', 'image/webp'];
    expect(chooseMimes(all, { hasAlpha: true })[0]).toBe('image/png');
    expect(chooseMimes(all, { hasAlpha: false })[0]).toBe('image/jpeg');
    expect(chooseMimes(['image/jpeg'], { hasAlpha: true })).toEqual(['image/jpeg']);
    expect(chooseMimes(['video/mp4'], { hasAlpha: false })).toEqual([]);
  });
});
