export { type Change, pickIds, shapeNotices } from './changes.ts';
export { createLive, type Live, type Viewer } from './create-live.ts';
export { tellChanges } from './live-store.ts';
