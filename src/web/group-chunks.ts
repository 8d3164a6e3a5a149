import type { HtmlTagDescriptor, Plugin } from 'vite';

/** The screen that most visits begin with, and what stands around it. */
const firstScreen = ['app/shell/shell.tsx', 'app/routes/today.tsx'];

/** Packages of which screens take single parts: of these only what every screen takes may travel together. */
const inParts = /node_modules\/(@mantine\/core|@tabler\/icons-react)\//;
const partsOfEvery =
  /@mantine\/core\/esm\/(core|components\/(Button|ActionIcon|Loader|UnstyledButton|Transition))\/|@tabler\/icons-react\/dist\/esm\/(?!icons\/)/;

/** What a group's name may ask about a module. */
interface Graph {
  getModuleInfo(id: string): { importedIds: readonly string[] } | null;
}

/**
 * How the interface is cut into files: the packages that every screen needs, the icons, our own part of every screen,
 * and what the first screen needs besides. Left to itself, the bundler makes a file of every set of modules that some
 * screens share: half a hundred for the first screen, each a request of its own and too small to compress well. A file
 * imports only from those named before it here: two that imported each other would not start. `root` is the folder of
 * the checkout.
 */
export function groupChunks(root: string) {
  const roots = firstScreen.map((file) => `${root.replaceAll('\\', '/')}/src/web/${file}`);
  let first: Set<string> | null = null;
  const belongs = (id: string, graph: Graph) => {
    first ??= reach(roots, graph);
    return first.has(id);
  };
  return {
    includeDependenciesRecursively: false,
    groups: [
      { name: 'ask-ahead', test: isAhead, priority: 5 },
      { name: 'react', test: /node_modules\/(react|react-dom|scheduler)\//, priority: 5 },
      { name: 'packages', tags: ['$initial' as const], test: isPackage, priority: 4 },
      { name: 'icons', test: /@tabler\/icons-react/, priority: 3 },
      { name: 'every', tags: ['$initial' as const], test: (id: string) => !inParts.test(id), priority: 2 },
      { name: (id: string, graph: Graph) => (belongs(id, graph) ? 'first' : null), debugName: 'first', priority: 1 },
    ],
  };
}

/** What runs before the rest has come: a file that needs no other. */
const isAhead =
  /src\/(format\/words|web\/(app\/(ask-ahead|read-address)|lib\/(ahead|guess-language|last-workspace|name-manifest)))\.ts$|\.json\?url$|vite\/preload-helper/;

/**
 * A Vite plugin that lets the page name the file it begins with, and the first screen's files, so that they are fetched
 * together with the others.
 */
export function announceFirst(root: string, icon: string): Plugin {
  return {
    name: 'announce-first',
    config: () => ({
      build: { rolldownOptions: { input: [`${root}/src/web/index.html`, `${root}/src/web/app/ask-ahead.ts`] } },
    }),
    transformIndexHtml: {
      order: 'post',
      handler: (_html, { bundle }) => [
        showIcon(icon),
        ...Object.values(bundle ?? {}).flatMap((file) => {
          if (file.type !== 'chunk') return [];
          if (file.name === 'ask-ahead') return [run(`/${file.fileName}`)];
          if (file.name !== 'first') return [];
          const styles = [...(file.viteMetadata?.importedCss ?? [])];
          return [
            announce({ rel: 'modulepreload', href: `/${file.fileName}` }),
            ...styles.map((css) => announce({ rel: 'stylesheet', href: `/${css}` })),
          ];
        }),
      ],
    },
  };
}

/** In the page itself: as a file it would take one of the browser's few connections from the scripts. */
const showIcon = (icon: string): HtmlTagDescriptor => ({
  tag: 'link',
  attrs: {
    rel: 'icon',
    type: 'image/svg+xml',
    href: `data:image/svg+xml,${encodeURIComponent(icon.trim())}`,
  },
  injectTo: 'head',
});

const run = (src: string): HtmlTagDescriptor => ({
  tag: 'script',
  attrs: { type: 'module', async: true, crossorigin: true, src },
  injectTo: 'head-prepend',
});

const announce = (attrs: Record<string, string>): HtmlTagDescriptor => ({
  tag: 'link',
  attrs: { ...attrs, crossorigin: true },
  injectTo: 'head',
});

const isPackage = (id: string) => id.includes('node_modules/') && (!inParts.test(id) || partsOfEvery.test(id));

/** What these modules lead to by imports that are not lazy, and they themselves. */
function reach(from: readonly string[], graph: Graph): Set<string> {
  const reached = new Set<string>();
  const open = [...from];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (reached.has(id) || inParts.test(id)) continue;
    reached.add(id);
    open.push(...(graph.getModuleInfo(id)?.importedIds ?? []));
  }
  return reached;
}
