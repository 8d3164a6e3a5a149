import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { NotFound, Stumbled } from './edges.tsx';
import { Home } from './home.tsx';
import {
  readCalendar,
  readDays,
  readEvidence,
  readHints,
  readKept,
  readLedgerView,
  readNetwork,
  readNext,
  readOpen,
  readStep,
  readUnread,
} from './read-search.ts';
import { Root } from './root.tsx';

const root = createRootRoute({ component: Root, notFoundComponent: NotFound, errorComponent: Stumbled });

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  validateSearch: readOpen,
  component: Home,
});

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: readNext,
  component: lazyRouteComponent(() => import('./routes/sign-in.tsx'), 'SignInRoute'),
});
const signUp = createRoute({
  getParentRoute: () => root,
  path: '/sign-up',
  component: lazyRouteComponent(() => import('./routes/sign-up.tsx'), 'SignUpRoute'),
});
const welcome = createRoute({
  getParentRoute: () => root,
  path: '/welcome',
  component: lazyRouteComponent(() => import('./routes/welcome.tsx'), 'WelcomeRoute'),
});

const forgotten = createRoute({
  getParentRoute: () => root,
  path: '/forgotten-password',
  component: lazyRouteComponent(() => import('./routes/forgotten-password.tsx'), 'ForgottenPasswordRoute'),
});
const invitation = createRoute({
  getParentRoute: () => root,
  path: '/invitation',
  component: lazyRouteComponent(() => import('./routes/invitation.tsx'), 'InvitationRoute'),
});
const reconnect = createRoute({
  getParentRoute: () => root,
  path: '/reconnect',
  component: lazyRouteComponent(() => import('./routes/reconnect.tsx'), 'ReconnectRoute'),
});
const reset = createRoute({
  getParentRoute: () => root,
  path: '/reset',
  component: lazyRouteComponent(() => import('./routes/reset.tsx'), 'ResetRoute'),
});
const confirm = createRoute({
  getParentRoute: () => root,
  path: '/confirm',
  component: lazyRouteComponent(() => import('./routes/confirm.tsx'), 'ConfirmRoute'),
});

const share = createRoute({
  getParentRoute: () => root,
  path: '/share',
  validateSearch: readKept,
  component: lazyRouteComponent(() => import('./routes/share.tsx'), 'ShareRoute'),
});

const workspace = createRoute({
  getParentRoute: () => root,
  path: '/w/$workspaceId',
  validateSearch: readEvidence,
  component: lazyRouteComponent(() => import('./shell/shell.tsx'), 'Shell'),
});
const inWorkspace = () => workspace;

const start = createRoute({
  getParentRoute: inWorkspace,
  path: '/',
  beforeLoad: ({ params }) => {
    throw redirect({ to: '/w/$workspaceId/today', params, replace: true });
  },
});
const begin = createRoute({
  getParentRoute: inWorkspace,
  path: '/begin',
  validateSearch: readStep,
  component: lazyRouteComponent(() => import('./routes/begin.tsx'), 'BeginRoute'),
});
const today = createRoute({
  getParentRoute: inWorkspace,
  path: '/today',
  component: lazyRouteComponent(() => import('./routes/today.tsx'), 'TodayRoute'),
});
const goals = createRoute({
  getParentRoute: inWorkspace,
  path: '/goals',
  component: lazyRouteComponent(() => import('./routes/goals.tsx'), 'GoalsRoute'),
});
const newGoal = createRoute({
  getParentRoute: inWorkspace,
  path: '/goals/new',
  component: lazyRouteComponent(() => import('./routes/edit-goal.tsx'), 'NewGoalRoute'),
});
const goalsBeside = createRoute({
  getParentRoute: inWorkspace,
  id: 'goals-beside',
  component: lazyRouteComponent(() => import('./routes/goals-beside.tsx'), 'GoalsBesideRoute'),
});
const goal = createRoute({
  getParentRoute: () => goalsBeside,
  path: '/goals/$goalId',
  component: lazyRouteComponent(() => import('./routes/goal.tsx'), 'GoalRoute'),
});
const editGoal = createRoute({
  getParentRoute: inWorkspace,
  path: '/goals/$goalId/edit',
  component: lazyRouteComponent(() => import('./routes/edit-goal.tsx'), 'EditGoalRoute'),
});
const objectives = createRoute({
  getParentRoute: inWorkspace,
  path: '/objectives',
  component: lazyRouteComponent(() => import('./routes/objectives.tsx'), 'ObjectivesRoute'),
});
const channels = createRoute({
  getParentRoute: inWorkspace,
  path: '/channels',
  component: lazyRouteComponent(() => import('./routes/channels.tsx'), 'ChannelsRoute'),
});
const newChannel = createRoute({
  getParentRoute: inWorkspace,
  path: '/channels/new',
  validateSearch: readNetwork,
  component: lazyRouteComponent(() => import('./routes/new-channel.tsx'), 'NewChannelRoute'),
});
const channelsBeside = createRoute({
  getParentRoute: inWorkspace,
  id: 'channels-beside',
  component: lazyRouteComponent(() => import('./routes/channels-beside.tsx'), 'ChannelsBesideRoute'),
});
const channel = createRoute({
  getParentRoute: () => channelsBeside,
  path: '/channels/$channelId',
  component: lazyRouteComponent(() => import('./routes/channel.tsx'), 'ChannelRoute'),
});
const compose = createRoute({
  getParentRoute: inWorkspace,
  path: '/compose',
  validateSearch: readHints,
  beforeLoad: ({ params, search }) => {
    throw redirect({
      to: '/w/$workspaceId/posts/$postId',
      params: { ...params, postId: 'new' },
      search,
      replace: true,
    });
  },
});
const post = createRoute({
  getParentRoute: inWorkspace,
  path: '/posts/$postId',
  validateSearch: readHints,
  component: lazyRouteComponent(() => import('./routes/compose.tsx'), 'PostRoute'),
});
const calendar = createRoute({
  getParentRoute: inWorkspace,
  path: '/calendar',
  validateSearch: readCalendar,
  component: lazyRouteComponent(() => import('./routes/calendar.tsx'), 'CalendarRoute'),
});
const deliveries = createRoute({
  getParentRoute: inWorkspace,
  path: '/deliveries',
  validateSearch: readLedgerView,
  component: lazyRouteComponent(() => import('./routes/deliveries.tsx'), 'DeliveriesRoute'),
});
const status = createRoute({
  getParentRoute: inWorkspace,
  path: '/status',
  validateSearch: readDays,
  component: lazyRouteComponent(() => import('./routes/status.tsx'), 'StatusRoute'),
});
const practice = createRoute({
  getParentRoute: inWorkspace,
  path: '/practice',
  component: lazyRouteComponent(() => import('./routes/practice.tsx'), 'PracticeRoute'),
});
const notices = createRoute({
  getParentRoute: inWorkspace,
  path: '/notices',
  validateSearch: readUnread,
  component: lazyRouteComponent(() => import('./routes/notices.tsx'), 'NoticesRoute'),
});
const settingsFrame = createRoute({
  getParentRoute: inWorkspace,
  id: 'settings-frame',
  component: lazyRouteComponent(() => import('./shell/settings-frame.tsx'), 'SettingsFrame'),
});
const inSettings = () => settingsFrame;
const settings = createRoute({
  getParentRoute: inSettings,
  path: '/settings',
  component: lazyRouteComponent(() => import('./routes/settings.tsx'), 'SettingsRoute'),
});
const members = createRoute({
  getParentRoute: inSettings,
  path: '/members',
  component: lazyRouteComponent(() => import('./routes/members.tsx'), 'MembersRoute'),
});
const apiKeys = createRoute({
  getParentRoute: inSettings,
  path: '/api-keys',
  component: lazyRouteComponent(() => import('./routes/api-keys.tsx'), 'ApiKeysRoute'),
});
const audit = createRoute({
  getParentRoute: inSettings,
  path: '/audit',
  component: lazyRouteComponent(() => import('./routes/audit.tsx'), 'AuditRoute'),
});
const account = createRoute({
  getParentRoute: inSettings,
  path: '/account',
  component: lazyRouteComponent(() => import('./routes/account.tsx'), 'AccountRoute'),
});
const noticeSettings = createRoute({
  getParentRoute: inSettings,
  path: '/notice-settings',
  component: lazyRouteComponent(() => import('./routes/notice-settings.tsx'), 'NoticeSettingsRoute'),
});
const installation = createRoute({
  getParentRoute: inSettings,
  path: '/installation',
  component: lazyRouteComponent(() => import('./routes/installation.tsx'), 'InstallationRoute'),
});

const beside = [goalsBeside.addChildren([goal]), channelsBeside.addChildren([channel])];
const inside = [
  start,
  today,
  begin,
  goals,
  newGoal,
  editGoal,
  objectives,
  channels,
  newChannel,
  ...beside,
  compose,
  post,
];
const behind = [settings, members, apiKeys, audit, account, noticeSettings, installation];
const doors = [signIn, signUp, welcome, forgotten, invitation, reconnect, reset, confirm, share];
const tree = root.addChildren([
  home,
  ...doors,
  workspace.addChildren([
    ...inside,
    calendar,
    deliveries,
    status,
    notices,
    practice,
    settingsFrame.addChildren(behind),
  ]),
]);

/** Every address of the interface; each screen is downloaded when it is first opened, or pointed at. */
export function makeRouter() {
  return createRouter({ routeTree: tree, defaultPreload: 'intent', scrollRestoration: true });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}
