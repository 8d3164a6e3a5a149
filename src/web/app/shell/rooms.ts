import type { ComponentType } from 'react';
import { IconCalendar, IconChannels, IconGoal, IconLeaderboard, IconLedger } from '../../ui/icons.ts';

/** A room of the workspace as the rail and the bottom bar show it. */
export interface Room {
  to:
    | '/w/$workspaceId/goals'
    | '/w/$workspaceId/objectives'
    | '/w/$workspaceId/calendar'
    | '/w/$workspaceId/deliveries'
    | '/w/$workspaceId/channels';
  /** Key of its name. */
  name: string;
  Icon: ComponentType<{ size?: number | string }>;
}

const goals: Room = { to: '/w/$workspaceId/goals', name: 'rooms.goals', Icon: IconGoal };
const objectives: Room = { to: '/w/$workspaceId/objectives', name: 'rooms.objectives', Icon: IconLeaderboard };
const calendar: Room = { to: '/w/$workspaceId/calendar', name: 'rooms.calendar', Icon: IconCalendar };
const deliveries: Room = { to: '/w/$workspaceId/deliveries', name: 'rooms.deliveries', Icon: IconLedger };
const channels: Room = { to: '/w/$workspaceId/channels', name: 'rooms.channels', Icon: IconChannels };

/** The stages of the loop with their rooms. */
export const stages: { name: string; rooms: Room[] }[] = [
  { name: 'stages.plan', rooms: [goals, objectives] },
  { name: 'stages.prepare', rooms: [calendar] },
  { name: 'stages.publish', rooms: [deliveries, channels] },
];

/** On a phone: three within reach of the thumb, the others under “More”. */
export const nearRooms: { stage: string; room: Room }[] = [
  { stage: 'stages.plan', room: goals },
  { stage: 'stages.prepare', room: calendar },
  { stage: 'stages.publish', room: deliveries },
];
export const farRooms: Room[] = [objectives, channels];
