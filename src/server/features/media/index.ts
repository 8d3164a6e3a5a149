export { createMediaApp } from './create-media-app.ts';
export { forgetFilesJob } from './forget-files.ts';
export type { PictureLimits } from './picture.rules.ts';
export { findMediumFacts, registerMediaUse } from './register-media-use.ts';
export { renderForeignImage } from './render-foreign-image.ts';
export { type MediumRendering, renderMedium } from './render-medium.ts';
export { renderer, videoRenderer } from './renderer.ts';
export { mediaRoutes } from './routes.ts';
export { clearUploadsJob } from './uploads/index.ts';
