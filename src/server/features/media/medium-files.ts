/** Keys in the storage and addresses on the wire of a medium's files. */
export interface MediumPlace {
  workspaceId: string;
  mediumId: string;
}

/** `poster` is a still of a video, `fit-…` a rendition, named by the hash of its bytes. */
export type MediumFile = 'original' | 'thumbnail' | 'poster' | `fit-${string}`;

export const renditionFile = (sha256: string): MediumFile => `fit-${sha256}`;

export const isMediumFile = (file: string): file is MediumFile =>
  /^(original|thumbnail|poster|fit-[0-9a-f]{64})$/.test(file);

export function mediumKey({ workspaceId, mediumId }: MediumPlace, file: MediumFile): string {
  return `${workspaceId}/${mediumId}/${file}`;
}

/** Path at which the house serves the file; the ids in it cannot be guessed. */
export function mediumPath({ workspaceId, mediumId }: MediumPlace, file: MediumFile): string {
  return `/media/${workspaceId}/${mediumId}/${file}`;
}
