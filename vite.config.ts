import { readFileSync } from 'node:fs';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { announceFirst, groupChunks } from './src/web/group-chunks.ts';
import { serveContract } from './src/web/serve-contract.ts';

/** Builds the interface into dist/web. The server fills the style nonce into index.html. */
export default defineConfig({
  root: 'src/web',
  base: '/',
  plugins: [
    react(),
    serveContract(),
    announceFirst(import.meta.dirname, readFileSync('src/web/public/icon.svg', 'utf8')),
  ],
  build: {
    outDir: '../../dist/web',
    emptyOutDir: true,
    // Read by tools/build-web.ts for the service worker, then removed.
    manifest: true,
    target: 'es2023',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    // What every screen needs is one file, on purpose.
    chunkSizeWarningLimit: 700,
    rolldownOptions: { output: { codeSplitting: groupChunks(import.meta.dirname) } },
  },
  server: { host: '127.0.0.1', proxy: { '/api': 'http://127.0.0.1:4400', '/media': 'http://127.0.0.1:4400' } },
});
