import { draggable, dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import type { Slot } from './lay-week.ts';

const key = 'goalpost-slot';

/** Makes a card draggable. `mayDrag` is asked when a drag begins and may say why not. */
export function makeDraggable(
  element: HTMLElement,
  options: { slot: Slot; mayDrag: () => boolean; onDragged: (isDragged: boolean) => void },
): () => void {
  return draggable({
    element,
    canDrag: options.mayDrag,
    getInitialData: () => ({ [key]: options.slot }),
    onDragStart: () => options.onDragged(true),
    onDrop: () => options.onDragged(false),
  });
}

/** Where a card would fall: behind so many of the day's other cards. */
export interface Fall {
  slot: Slot;
  index: number;
}

/** Lets cards fall on a day. `onOver` hears null when none hangs over it any more. */
export function makeDay(
  element: HTMLElement,
  options: { mayDrop: () => boolean; onOver: (fall: Fall | null) => void; onDrop: (fall: Fall) => void },
): () => void {
  const fallOf = (source: { data: Record<string, unknown> }, clientY: number): Fall => {
    const slot = source.data[key] as Slot;
    const others = [...element.querySelectorAll<HTMLElement>('[data-post]')].filter(
      (it) => it.dataset['post'] !== slot.post.id,
    );
    const index = others.filter((it) => {
      const { top, height } = it.getBoundingClientRect();
      return top + height / 2 < clientY;
    }).length;
    return { slot, index };
  };
  return dropTargetForElements({
    element,
    canDrop: ({ source }) => key in source.data && options.mayDrop(),
    onDrag: ({ source, location }) => options.onOver(fallOf(source, location.current.input.clientY)),
    onDragEnter: ({ source, location }) => options.onOver(fallOf(source, location.current.input.clientY)),
    onDragLeave: () => options.onOver(null),
    onDrop: ({ source, location }) => {
      options.onOver(null);
      options.onDrop(fallOf(source, location.current.input.clientY));
    },
  });
}
