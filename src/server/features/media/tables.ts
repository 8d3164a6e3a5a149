import type { Generated, Selectable } from 'kysely';
import type { PictureMime } from './picture.rules.ts';
import type { VideoMime } from './video.rules.ts';

/** What is kept of a video beside its size. */
export type VideoColumn = { durationMs: number; fps: number; videoCodec: string; audioCodec: string | null };

/** The rows this slice owns. */
export type MediaTables = {
  medium: {
    workspace_id: string;
    id: string;
    name: string;
    alt: Generated<string>;
    mime: PictureMime | VideoMime;
    size_bytes: number;
    width: number;
    height: number;
    frames: number | null;
    turned: Generated<boolean>;
    video: VideoColumn | null;
    sha256: string;
    uploaded_by: string;
    created_at: Generated<Date>;
  };
  rendition: {
    workspace_id: string;
    medium_id: string;
    recipe: string;
    mime: PictureMime | VideoMime;
    size_bytes: number;
    width: number;
    height: number;
    frames: number;
    sha256: string;
    created_at: Generated<Date>;
  };
  upload: {
    workspace_id: string;
    id: string;
    person_id: string;
    name: string;
    size_bytes: number;
    offset_bytes: Generated<number>;
    parts: Generated<string[]>;
    medium_id: string | null;
    created_at: Generated<Date>;
    touched_at: Generated<Date>;
  };
  medium_use: { workspace_id: string; medium_id: string; user_kind: string; user_id: string };
};

export type MediumRow = Selectable<MediaTables['medium']>;
export type UploadRow = Selectable<MediaTables['upload']>;
export type RenditionRow = Selectable<MediaTables['rendition']>;
