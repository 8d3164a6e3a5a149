const kept = 'goalpost.workspace';

/** The workspace this browser had open last. */
export const lastWorkspace = (): string | null => localStorage.getItem(kept);

/** Remembers the workspace that is open. */
export const rememberWorkspace = (id: string): void => localStorage.setItem(kept, id);
