/** Keys in the storage and addresses on the wire of a picture's two files. */
export interface MediumPlace {
  workspaceId: string;
  mediumId: string;
}

export type MediumFile = 'original' | 'thumbnail';

export function mediumKey({ workspaceId, mediumId }: MediumPlace, file: MediumFile): string {
  return `${workspaceId}/${mediumId}/${file}`;
}

/** Path at which the house serves the file; the ids in it cannot be guessed. */
export function mediumPath({ workspaceId, mediumId }: MediumPlace, file: MediumFile): string {
  return `/media/${workspaceId}/${mediumId}/${file}`;
}
