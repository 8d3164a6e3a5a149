import type { Routes } from '#server/platform/context/index.ts';
import { describeMedium } from './describe-medium.ts';
import { getMedium } from './get-medium.ts';
import { listMedia } from './list-media.ts';
import { removeMedium } from './remove-medium.ts';
import { showRendition } from './show-rendition.ts';
import { uploadMedium } from './upload-medium.ts';
import { appendUpload, beginUpload, cancelUpload, finishUpload, getUpload } from './uploads/index.ts';

export const mediaRoutes = {
  media: {
    list: listMedia,
    upload: uploadMedium,
    get: getMedium,
    rendition: showRendition,
    update: describeMedium,
    remove: removeMedium,
  },
  uploads: {
    begin: beginUpload,
    get: getUpload,
    append: appendUpload,
    finish: finishUpload,
    cancel: cancelUpload,
  },
} satisfies Routes<'media' | 'uploads'>;
