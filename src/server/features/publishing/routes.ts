import type { Routes } from '#server/platform/context/index.ts';
import { cancelDelivery, confirmDeliveryLive, retryDelivery, sendDeliveryAgain } from './deliveries/decide-delivery.ts';
import { getDelivery, listDeliveries } from './deliveries/list-deliveries.ts';
import { holdPublishing, liftPublishingHold, listStandingHolds } from './hold-publishing.ts';
import { cancelPost } from './posts/cancel-post.ts';
import { createPost } from './posts/create-post.ts';
import { getPost } from './posts/get-post.ts';
import { listPosts } from './posts/list-posts.ts';
import { removePost, restorePost } from './posts/remove-post.ts';
import { publishPostNow, schedulePost } from './posts/schedule-post.ts';
import { updatePost } from './posts/update-post.ts';
import { getPublishingHealth } from './read-health.ts';

export const publishingRoutes = {
  posts: {
    list: listPosts,
    get: getPost,
    create: createPost,
    update: updatePost,
    schedule: schedulePost,
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
    confirmLive: confirmDeliveryLive,
    sendAgain: sendDeliveryAgain,
  },
  publishing: {
    health: getPublishingHealth,
    holds: listStandingHolds,
    hold: holdPublishing,
    lift: liftPublishingHold,
  },
} satisfies Routes<'posts' | 'deliveries' | 'publishing'>;
