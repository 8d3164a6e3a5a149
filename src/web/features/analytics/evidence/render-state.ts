import type { ReactNode } from 'react';
import type { Delivery } from '#contract/deliveries.ts';

/** Where a delivery is, as a word. */
export type RenderState = (delivery: Pick<Delivery, 'state' | 'removedAt'>) => ReactNode;
