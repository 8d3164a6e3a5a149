import type { ComponentType } from 'react';
import { IconCalendar, IconChannels, IconGoal, IconLeaderboard, IconLedger, IconToday } from '../../ui/icons.ts';

/** A room of the workspace as the rail and the bottom bar show it. */
export interface Room {
  to:
    | '/w/$workspaceId/today'
    | '/w/$workspaceId/goals'
    | '/w/$workspaceId/objectives'
    | '/w/$workspaceId/calendar'
    | '/w/$workspaceId/deliveries'
    | '/w/$workspaceId/channels';
  /** Key of its name. */
  name: string;
  Icon: ComponentType<{ size?: number | string }>;
}

const today: Room = { to: '/w/$workspaceId/today', name: 'rooms.today', Icon: IconToday };
const goals: Room = { to: '/w/$workspaceId/goals', name: 'rooms.goals', Icon: IconGoal };
const objectives: Room = { to: '/w/$workspaceId/objectives', name: 'rooms.objectives', Icon: IconLeaderboard };
const calendar: Room = { to: '/w/$workspaceId/calendar', name: 'rooms.calendar', Icon: IconCalendar };
const deliveries: Room = { to: '/w/$workspaceId/deliveries', name: 'rooms.deliveries', Icon: IconLedger };
const channels: Room = { to: '/w/$workspaceId/channels', name: 'rooms.channels', Icon: IconChannels };

/** The stages of the loop with their rooms; the morning page comes before all of them. */
export const stages: { name: string | null; rooms: Room[] }[] = [
  { name: null, rooms: [today] },
  { name: 'stages.plan', rooms: [goals, objectives] },
  { name: 'stages.prepare', rooms: [calendar] },
  { name: 'stages.publish', rooms: [deliveries, channels] },
];

/** On a phone: three within reach of the thumb, the others under “More”. */
export const nearRooms: { stage: string; room: Room }[] = [
  { stage: 'rooms.today', room: today },
  { stage: 'stages.plan', room: goals },
  { stage: 'stages.prepare', room: calendar },
];
export const farRooms: Room[] = [objectives, deliveries, channels];
