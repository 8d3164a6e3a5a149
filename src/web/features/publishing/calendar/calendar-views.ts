/** The ways in which the calendar is shown. */
export const calendarViews = ['week', 'month', 'list', 'drafts'] as const;
export type CalendarView = (typeof calendarViews)[number];
