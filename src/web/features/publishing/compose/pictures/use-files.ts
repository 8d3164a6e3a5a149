import { useEffect, useRef, useState } from 'react';

type OnFiles = (part: number, files: File[]) => void;

/**
 * Takes files that are dropped or pasted anywhere on the screen: into the part they are dropped on or the focus is in,
 * else into the first. Gives the part that files hang over.
 */
export function useFiles(isOn: boolean, onFiles: OnFiles): number | null {
  const [over, setOver] = useState<number | null>(null);
  const latest = useRef(onFiles);
  latest.current = onFiles;
  useEffect(() => {
    const hang = (event: DragEvent) => {
      if (!bringsFiles(event.dataTransfer)) return;
      // Even where nothing can be taken, or the browser would open the file in place of what one writes.
      event.preventDefault();
      if (event.dataTransfer) event.dataTransfer.dropEffect = isOn ? 'copy' : 'none';
      if (isOn) setOver(partOf(event.target));
    };
    const leave = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(null);
    };
    const drop = (event: DragEvent) => {
      if (!bringsFiles(event.dataTransfer)) return;
      event.preventDefault();
      setOver(null);
      if (isOn) latest.current(partOf(event.target), [...(event.dataTransfer?.files ?? [])]);
    };
    const paste = (event: ClipboardEvent) => {
      const { files, types } = event.clipboardData ?? {};
      // Copied from a document, words come with a picture of themselves: the words are meant.
      if (!isOn || !files || files.length === 0 || types?.includes('text/plain')) return;
      event.preventDefault();
      latest.current(partOf(document.activeElement), [...files]);
    };
    window.addEventListener('dragover', hang);
    window.addEventListener('dragleave', leave);
    window.addEventListener('drop', drop);
    window.addEventListener('paste', paste);
    return () => {
      window.removeEventListener('dragover', hang);
      window.removeEventListener('dragleave', leave);
      window.removeEventListener('drop', drop);
      window.removeEventListener('paste', paste);
    };
  }, [isOn]);
  return over;
}

const bringsFiles = (brought: DataTransfer | null): boolean => brought?.types.includes('Files') ?? false;

function partOf(target: EventTarget | null): number {
  const part = target instanceof Element ? target.closest<HTMLElement>('[data-part]') : null;
  return Number(part?.dataset['part'] ?? 0);
}
