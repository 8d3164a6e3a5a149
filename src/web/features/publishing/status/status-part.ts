import type { PublishingStatus } from '#contract/publishing-status.ts';
import type { StatusWindow } from '../../../lib/evidence.ts';

/** What every part of the page is given. */
export interface StatusPart {
  status: PublishingStatus;
  days: StatusWindow;
}
