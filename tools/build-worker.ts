import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Plugin } from 'vite';
import { languages } from '../src/contract/terms.ts';
import { type BuiltFile, listShell, type Shell } from '../src/web/pwa/list-shell.ts';
import { type AppWords, writeManifest } from '../src/web/pwa/write-manifest.ts';

/**
 * Adds to a build of the interface what makes an app of it: the service worker, which knows by name every file that it
 * keeps, and a manifest for each language. `folder` is the build, with Vite's own manifest in it; that one is removed.
 */
export async function buildWorker({ root, folder }: { root: string; folder: string }): Promise<void> {
  const listed = path.join(folder, '.vite');
  const built = Object.values(
    JSON.parse(readFileSync(path.join(listed, 'manifest.json'), 'utf8')) as Record<string, BuiltFile>,
  );
  rmSync(listed, { recursive: true });
  const list = listShell(built, languages);
  const version = createHash('sha256')
    .update(JSON.stringify(list))
    .update(readFileSync(path.join(folder, 'index.html')))
    .digest('hex')
    .slice(0, 16);
  const { build } = await import('vite');
  await build({
    configFile: false,
    logLevel: 'warn',
    root: path.join(root, 'src/web'),
    publicDir: false,
    plugins: [giveShell({ ...list, version })],
    build: {
      outDir: folder,
      emptyOutDir: false,
      target: 'es2023',
      reportCompressedSize: false,
      rolldownOptions: {
        input: path.join(root, 'src/web/pwa/worker/main.ts'),
        output: { format: 'iife', entryFileNames: 'sw.js' },
      },
    },
  });
  for (const language of languages) {
    const words = JSON.parse(readFileSync(path.join(root, `src/texts/${language}/pwa.json`), 'utf8')) as {
      app: AppWords;
    };
    const manifest = writeManifest(language, words.app, findScreenshots(folder));
    writeFileSync(path.join(folder, `manifest.${language}.webmanifest`), JSON.stringify(manifest, null, 2));
  }
}

/** Gives the worker `virtual:shell`. */
function giveShell(shell: Shell): Plugin {
  const id = 'virtual:shell';
  return {
    name: 'give-shell',
    resolveId: (source) => (source === id ? `\0${id}` : null),
    load: (source) => (source === `\0${id}` ? `export const shell = ${JSON.stringify(shell)};` : null),
  };
}

/** Files in `screenshots` are named `wide-1280x800.png`, `narrow-390x844.png`. */
function findScreenshots(folder: string) {
  const place = path.join(folder, 'screenshots');
  if (!existsSync(place)) return [];
  return readdirSync(place)
    .map((name) => /^(wide|narrow)-(\d+x\d+)\.png$/.exec(name))
    .flatMap((found) => (found ? [found] : []))
    .map(([name, form, sizes]) => ({
      src: `/screenshots/${name}`,
      sizes: sizes ?? '',
      form_factor: form === 'wide' ? ('wide' as const) : ('narrow' as const),
    }));
}
