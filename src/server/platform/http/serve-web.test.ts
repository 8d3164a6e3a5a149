import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serveWeb } from './serve-web.ts';

describe('the interface', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'web-'));
    mkdirSync(path.join(folder, 'assets'));
    writeFileSync(path.join(folder, 'index.html'), '<meta name="style-nonce" content=""><div id="root">');
    writeFileSync(path.join(folder, 'assets/main-abc.js'), 'plain');
    writeFileSync(path.join(folder, 'assets/main-abc.js.br'), 'smaller');
    writeFileSync(path.join(folder, 'icon.svg'), '<svg/>');
    writeFileSync(path.join(folder, 'sw.js'), '1');
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('gets a new style nonce with every page', async () => {
    const web = serveWeb(folder);
    expect(await web.page('n1')?.text()).toContain('content="n1"');
    expect(web.page('n1')?.headers.get('cache-control')).toBe('no-store');
    expect(serveWeb(path.join(folder, 'not-there')).page('n1')).toBeNull();
  });

  it('is sent compressed where the browser can, and for good where its name says what it holds', async () => {
    const web = serveWeb(folder);
    const plain = web.file('/assets/main-abc.js', new Headers());
    expect([plain?.headers.get('cache-control'), await plain?.text()]).toEqual([
      'public, max-age=31536000, immutable',
      'plain',
    ]);
    const small = web.file('/assets/main-abc.js', new Headers({ 'accept-encoding': 'gzip, br;q=0.9' }));
    expect([small?.headers.get('content-encoding'), await small?.text()]).toEqual(['br', 'smaller']);
    const icon = web.file('/icon.svg', new Headers());
    expect(icon?.headers.get('content-type')).toBe('image/svg+xml');
    const etag = icon?.headers.get('etag') ?? '';
    expect(web.file('/icon.svg', new Headers({ 'if-none-match': etag }))?.status).toBe(304);
  });

  it('has its service worker asked for anew each time, for all of its addresses', () => {
    const headers = serveWeb(folder).file('/sw.js', new Headers())?.headers;
    expect(headers?.get('cache-control')).toBe('no-cache');
    expect(headers?.get('service-worker-allowed')).toBe('/');
    expect(headers?.get('content-type')).toMatch(/^text\/javascript/);
  });

  it('gives nothing outside its folder', () => {
    const web = serveWeb(folder);
    for (const name of ['/../package.json', '/assets/../../x', '/index.html', '/assets/main-abc.js.br', '/'])
      expect(web.file(name, new Headers()), name).toBeNull();
  });
});
