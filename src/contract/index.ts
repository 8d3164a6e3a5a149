import { analytics } from './analytics.ts';
import { channels } from './channels.ts';
import { deliveries, publishing } from './deliveries.ts';
import { media } from './media.ts';
import { page } from './page.ts';
import { me, members, workspaces } from './people.ts';
import { posts } from './posts.ts';
import { goals, initiatives, objectives } from './strategy.ts';

/** Every operation of Goalpost. REST, OpenAPI, the typed client and the stranger test are made of it. */
export const contract = {
  me,
  workspaces,
  members,
  objectives,
  goals,
  initiatives,
  channels,
  media,
  posts,
  deliveries,
  publishing,
  analytics,
  page,
};

export type Contract = typeof contract;
