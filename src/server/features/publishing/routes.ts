import type { Routes } from '#server/platform/context/index.ts';
import { listDays } from './days/index.ts';
import {
  cancelDelivery,
  confirmDeliveryLive,
  correctDelivery,
  decideHeldDeliveries,
  getDelivery,
  listDeliveries,
  retryDelivery,
  sendDeliveryAgain,
  takeDownDelivery,
} from './deliveries/index.ts';
import { listEndings } from './endings/index.ts';
import { getPublishingHealth } from './engine/index.ts';
import { holdPublishing, liftPublishingHold, listStandingHolds } from './hold-publishing.ts';
import {
  cancelPost,
  createPost,
  getPost,
  listPosts,
  movePost,
  publishPostNow,
  removePost,
  restorePost,
  schedulePost,
  updatePost,
} from './posts/index.ts';
import { listQuotas } from './quota/index.ts';
import { getPublishingStatus, listStatusDeliveries } from './status/index.ts';

export const publishingRoutes = {
  posts: {
    list: listPosts,
    get: getPost,
    create: createPost,
    update: updatePost,
    schedule: schedulePost,
    move: movePost,
    publishNow: publishPostNow,
    cancel: cancelPost,
    remove: removePost,
    restore: restorePost,
  },
  deliveries: {
    list: listDeliveries,
    get: getDelivery,
    cancel: cancelDelivery,
    retry: retryDelivery,
    decideHeld: decideHeldDeliveries,
    confirmLive: confirmDeliveryLive,
    sendAgain: sendDeliveryAgain,
    correct: correctDelivery,
    takeDown: takeDownDelivery,
  },
  publishing: {
    health: getPublishingHealth,
    days: listDays,
    quotas: listQuotas,
    endings: listEndings,
    status: getPublishingStatus,
    statusDeliveries: listStatusDeliveries,
    holds: listStandingHolds,
    hold: holdPublishing,
    lift: liftPublishingHold,
  },
} satisfies Routes<'posts' | 'deliveries' | 'publishing'>;
