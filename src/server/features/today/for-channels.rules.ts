import { DAY_MS, type Draft, type KnownToday, type Morning } from './morning.rules.ts';

/** How long before a gap opens it is worth a word (ours). */
const AHEAD_MS = 2 * DAY_MS;
/** The same for the end of a channel that stands in the way of something (ours). */
const ENDING_AHEAD_MS = 14 * DAY_MS;

/**
 * Channels that Goalpost cannot use any more, with the next post that this stands in the way of; channels that end before
 * posts that are planned on them; channels whose cadence is about to be missed because nothing is planned.
 */
export function suggestForChannels(morning: Morning): Draft[] {
  const { workspaceId, now, channels, waiting, firstDraft, may } = morning;
  return channels.flatMap((channel): Draft[] => {
    const { id, name, connection, nextDueAt } = channel;
    const held = waiting.filter((it) => it.channelId === id && it.state !== 'unconfirmed');
    const isNeeded = nextDueAt !== null || held.some((it) => it.heldReason === 'connection-broken');
    const blank = {
      act: 'open' as const,
      path: `/w/${workspaceId}/channels/${id}`,
      names: { channel: name },
      figures: null,
      deliveryId: null,
      goalId: null,
    };
    if (connection !== 'connected')
      return connection === 'not-connected' && !isNeeded
        ? []
        : [
            {
              subject: `channel:${id}`,
              isAllowed: may('channels.connect'),
              suggestion: {
                ...blank,
                id: `channel-reconnect:${id}`,
                kind: 'channel-reconnect',
                reason: connection,
                count: held.length,
                at: nextDueAt?.toISOString() ?? null,
              },
            },
          ];
    if (channel.ending && channel.ending.endsAt.getTime() - now.getTime() <= ENDING_AHEAD_MS)
      return [
        {
          subject: `channel:${id}`,
          isAllowed: may('channels.connect'),
          suggestion: {
            ...blank,
            id: `channel-ending:${id}`,
            kind: 'channel-ending',
            reason: null,
            count: channel.ending.count,
            at: channel.ending.endsAt.toISOString(),
          },
        },
      ];
    // The first post there is written already, and is suggested itself.
    if (channel.lastPublishedAt === null && firstDraft?.channelIds.includes(id)) return [];
    if (!isGoingQuiet(channel, now)) return [];
    return [
      {
        subject: `channel:${id}`,
        isAllowed: may('posts.create'),
        suggestion: {
          ...blank,
          id: `channel-quiet:${id}`,
          kind: 'channel-quiet',
          path: `/w/${workspaceId}/posts/new`,
          reason: channel.lastPublishedAt === null ? 'never' : 'since',
          count: 0,
          at: channel.lastPublishedAt?.toISOString() ?? null,
        },
      },
    ];
  });
}

/** By its cadence something is due before long, and nothing is planned by then. */
function isGoingQuiet({ isActive, cadencePerWeek, nextDueAt, lastPublishedAt }: KnownToday, now: Date): boolean {
  if (!isActive || cadencePerWeek === null || cadencePerWeek <= 0) return false;
  const apartMs = (7 / cadencePerWeek) * DAY_MS;
  const wantedBy = Math.max((lastPublishedAt?.getTime() ?? 0) + apartMs, now.getTime());
  if (wantedBy > now.getTime() + AHEAD_MS) return false;
  return nextDueAt === null || nextDueAt.getTime() > wantedBy + AHEAD_MS;
}
