import { useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useState } from 'react';
import type { Me } from '#contract/people.ts';
import { hideOverlay, useOverlay } from '../../lib/overlays.ts';

const loadPalette = () => import('../palette/palette.tsx');
const Palette = lazy(async () => ({ default: (await loadPalette()).Palette }));
const Evidence = lazy(async () => ({ default: (await import('./evidence.tsx')).Evidence }));
const ShortcutSheet = lazy(async () => ({ default: (await import('./shortcut-sheet.tsx')).ShortcutSheet }));

/** How long after the shell the palette is downloaded, when the screen has come. */
const pauseMs = 2_000;

/** What keys and figures lay over the screen; downloaded when first asked for at the latest, and kept from then on. */
export function Overlays({ person }: { person: Me }) {
  const open = useOverlay();
  useEffect(() => {
    // So that the first letters after the key are not typed into nothing.
    const timer = setTimeout(() => void loadPalette().catch(() => undefined), pauseMs);
    return () => clearTimeout(timer);
  }, []);
  const isOpened = useSearch({ strict: false, select: (search) => 'evidence' in search });
  const [seen, setSeen] = useState<readonly string[]>([]);
  if (open && !seen.includes(open)) setSeen([...seen, open]);
  if (isOpened && !seen.includes('evidence')) setSeen([...seen, 'evidence']);
  return (
    <Suspense fallback={null}>
      {seen.includes('palette') ? (
        <Palette person={person} isOpen={open === 'palette'} onClose={() => hideOverlay('palette')} />
      ) : null}
      {seen.includes('evidence') ? <Evidence /> : null}
      {seen.includes('shortcuts') ? (
        <ShortcutSheet isOpen={open === 'shortcuts'} onClose={() => hideOverlay('shortcuts')} />
      ) : null}
    </Suspense>
  );
}
