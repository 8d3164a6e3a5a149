import { oc } from '@orpc/contract';
import { z } from 'zod';
import { NoticeId, PushDeviceId, WorkspaceId } from './ids.ts';
import { Instant, Line, PageQuery, page, Zone } from './terms.ts';

/** What people are told of. */
export const noticeKinds = [
  'delivery-failed',
  'delivery-unconfirmed',
  'delivery-held',
  'channel-lost',
  'channel-doubtful',
  'channel-ending',
  'channel-reconnected',
  'goal-reached',
  'goal-at-risk',
  'goal-missed',
  'member-joined',
  'figures-missing',
  'post-moved',
  'publishing-behind',
  'publishing-stopped',
] as const;
export const NoticeKind = z.enum(noticeKinds);
export type NoticeKind = z.infer<typeof NoticeKind>;

/** One thing to know. What happened to the same while it was unread is counted on it. */
export const Notice = z.object({
  id: NoticeId,
  kind: NoticeKind,
  /** Which words say it, under `wordings` in the texts: the kind, or a narrower one. */
  wording: z.string(),
  /** Names for the words, as they are now. */
  names: z.record(z.string(), z.string()),
  count: z.int().min(1),
  /** Where one acts: an address of the interface, from `/w/` on. */
  path: z.string(),
  firstAt: Instant,
  at: Instant,
  readAt: Instant.nullable(),
  /** When what it is about was in order again, before it was read. */
  settledAt: Instant.nullable(),
});
export type Notice = z.infer<typeof Notice>;

/** `now`: at once, outside quiet hours. `digest`: once a day, all together. */
export const MailWay = z.enum(['now', 'digest', 'off']);
export type MailWay = z.infer<typeof MailWay>;

/** How a person is told of one kind, beside the interface. */
export const KindChoice = z.object({
  kind: NoticeKind,
  mail: MailWay,
  /** On their devices too. */
  push: z.boolean(),
  /** In quiet hours too. */
  urgent: z.boolean(),
});
export type KindChoice = z.infer<typeof KindChoice>;

/** Wall-clock time, HH:MM. */
export const ClockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);

export const PushDevice = z.object({
  id: PushDeviceId,
  /** What the browser called itself; not to be trusted. */
  name: z.string(),
  /** It belongs to the session this call came by. */
  current: z.boolean(),
  addedAt: Instant,
  toldAt: Instant.nullable(),
});
export type PushDevice = z.infer<typeof PushDevice>;

/** How a person is told, in all their workspaces alike. */
export const NoticeSettings = z.object({
  kinds: z.array(KindChoice),
  /** Nothing goes out between these times but what is urgent; the same twice: no quiet hours. */
  quietFrom: ClockTime,
  quietTo: ClockTime,
  digestAt: ClockTime,
  /** Where the person's clock runs. */
  zone: Zone,
  mail: z.object({
    /** Whether this installation can send mail. */
    configured: z.boolean(),
    to: z.string(),
  }),
  push: z.object({
    /** What a browser subscribes with (base64url). */
    key: z.string(),
    devices: z.array(PushDevice),
  }),
});
export type NoticeSettings = z.infer<typeof NoticeSettings>;

const ws = z.object({ workspaceId: WorkspaceId });
const base = '/workspaces/{workspaceId}/notices';

export const notices = {
  list: oc
    .route({ method: 'GET', path: base, summary: 'What one was told here, the latest first' })
    .input(ws.extend(PageQuery.shape).extend({ show: z.enum(['all', 'unread']).default('all') }))
    .output(page(Notice)),
  unread: oc
    .route({ method: 'GET', path: `${base}/unread`, summary: 'How many of one’s notices are unread' })
    .input(ws)
    .output(z.object({ count: z.int().min(0) })),
  mark: oc
    .route({ method: 'POST', path: `${base}/mark`, summary: 'Mark own notices as read, or as unread again' })
    .input(ws.extend({ noticeIds: z.array(NoticeId).min(1).max(500), read: z.boolean() }))
    .output(z.object({})),
  markAll: oc
    .route({ method: 'POST', path: `${base}/mark-all`, summary: 'Mark all own notices here as read' })
    .input(ws)
    .output(
      z.object({
        /** Which were unread until now, at most 500 of them. */
        noticeIds: z.array(NoticeId),
      }),
    ),
  settings: oc
    .route({ method: 'GET', path: '/me/notices', summary: 'How one is told, and on which devices' })
    .output(NoticeSettings),
  choose: oc
    .route({ method: 'PATCH', path: '/me/notices', summary: 'Choose how one is told; absent fields stay' })
    .input(
      z.object({
        kinds: z.array(KindChoice).max(noticeKinds.length).optional(),
        quietFrom: ClockTime.optional(),
        quietTo: ClockTime.optional(),
        digestAt: ClockTime.optional(),
        zone: Zone.optional(),
      }),
    )
    .output(NoticeSettings),
  addDevice: oc
    .route({
      method: 'POST',
      path: '/me/devices',
      summary: 'Take notices on this browser, as its push subscription says; again is as once',
      successStatus: 201,
    })
    .input(
      z.object({
        endpoint: z.url({ protocol: /^https?$/ }).max(2_000),
        /** The browser's public key and its secret, base64url. */
        p256dh: z.string().min(80).max(100),
        auth: z.string().min(20).max(30),
        name: Line(300),
      }),
    )
    .output(PushDevice),
  removeDevice: oc
    .route({ method: 'DELETE', path: '/me/devices/{pushDeviceId}', summary: 'Take no more notices on a browser' })
    .input(z.object({ pushDeviceId: PushDeviceId }))
    .output(z.object({})),
};
