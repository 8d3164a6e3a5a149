export { appendUpload } from './append-part.ts';
export { beginUpload } from './begin-upload.ts';
export { cancelUpload } from './cancel-upload.ts';
export { clearUploadsJob } from './clear-uploads.ts';
export { finishUpload } from './finish-upload.ts';
export { getUpload } from './get-upload.ts';
