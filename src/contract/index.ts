import { analytics } from './analytics.ts';
import { apiKeys } from './api-keys.ts';
import { audit } from './audit.ts';
import { channels } from './channels.ts';
import { deliveries } from './deliveries.ts';
import { practice } from './demo.ts';
import { invitations } from './invitations.ts';
import { media } from './media.ts';
import { notices } from './notices.ts';
import { onboarding } from './onboarding.ts';
import { operator } from './operator.ts';
import { page } from './page.ts';
import { me, members, sessions, workspaces } from './people.ts';
import { posts } from './posts.ts';
import { publishing } from './publishing.ts';
import { reconnectLinks } from './reconnect-links.ts';
import { goals, initiatives, objectives } from './strategy.ts';
import { today } from './today.ts';
import { uploads } from './uploads.ts';

/** Every operation of Goalpost. REST, OpenAPI, the typed client and the stranger test are made of it. */
export const contract = {
  me,
  sessions,
  workspaces,
  members,
  invitations,
  apiKeys,
  audit,
  operator,
  today,
  notices,
  objectives,
  goals,
  initiatives,
  channels,
  reconnectLinks,
  media,
  uploads,
  posts,
  deliveries,
  publishing,
  analytics,
  page,
  onboarding,
  practice,
};

export type Contract = typeof contract;
