import type { Generated, Selectable } from 'kysely';
import type { PictureMime } from './picture.rules.ts';

/** The rows this slice owns. */
export type MediaTables = {
  medium: {
    workspace_id: string;
    id: string;
    name: string;
    alt: Generated<string>;
    mime: PictureMime;
    size_bytes: number;
    width: number;
    height: number;
    sha256: string;
    uploaded_by: string;
    created_at: Generated<Date>;
  };
  medium_use: { workspace_id: string; medium_id: string; user_kind: string; user_id: string };
};

export type MediumRow = Selectable<MediaTables['medium']>;
