import { takeTurn } from '../db/index.ts';

/** The turn to make the backup that is due, see `takeTurn`. */
export const takeBackupTurn = (ownerUrl: string): ReturnType<typeof takeTurn> => takeTurn(ownerUrl, 'scheduled backup');
