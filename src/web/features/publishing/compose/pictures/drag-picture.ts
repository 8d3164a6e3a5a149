import { combine } from '@atlaskit/pragmatic-drag-and-drop/combine';
import { draggable, dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import type { PicturePlace } from '../../draft/picture-queue.ts';

const key = 'goalpost-picture';

interface Held {
  place: PicturePlace;
  position: number;
}

/** Lets a picture be dragged to another place among those of its part. The row that is dragged hears `onMove`. */
export function makeDraggablePicture(
  row: HTMLElement,
  options: Held & {
    onDragged: (isDragged: boolean) => void;
    /** On which side of this row the dragged one would come to lie. */
    onEdge: (edge: 'before' | 'after' | null) => void;
    onMove: (from: number, to: number) => void;
  },
): () => void {
  const { place, position, onDragged, onEdge, onMove } = options;
  const edgeAt = (element: Element, clientY: number): 'before' | 'after' => {
    const { top, height } = element.getBoundingClientRect();
    return clientY < top + height / 2 ? 'before' : 'after';
  };
  const landing = (from: number, at: number, edge: 'before' | 'after'): number => {
    const slot = edge === 'before' ? at : at + 1;
    return slot > from ? slot - 1 : slot;
  };
  const sight = row.querySelector('.picture-sight');
  return combine(
    draggable({
      element: row,
      ...(sight ? { dragHandle: sight } : {}),
      getInitialData: () => ({ [key]: { place, position } satisfies Held }),
      onDragStart: () => onDragged(true),
      onDrop: ({ location }) => {
        onDragged(false);
        const [target] = location.current.dropTargets;
        const at = target?.data[key];
        if (!target || typeof at !== 'number') return;
        onMove(position, landing(position, at, edgeAt(target.element, location.current.input.clientY)));
      },
    }),
    dropTargetForElements({
      element: row,
      canDrop: ({ source }) => {
        const held = source.data[key] as Held | undefined;
        return held?.place.words === place.words && held.place.part === place.part;
      },
      getData: () => ({ [key]: position }),
      onDrag: ({ source, location }) => {
        const { position: from } = source.data[key] as Held;
        const edge = edgeAt(row, location.current.input.clientY);
        onEdge(landing(from, position, edge) === from ? null : edge);
      },
      onDragLeave: () => onEdge(null),
      onDrop: () => onEdge(null),
    }),
  );
}
