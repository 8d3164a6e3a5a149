export { cancelPost } from './cancel-post.ts';
export { createPost } from './create-post.ts';
export { getPost } from './get-post.ts';
export { listPosts } from './list-posts.ts';
export { movePost } from './move-post.ts';
export { removePost, restorePost } from './remove-post.ts';
export { publishPostNow, schedulePost } from './schedule-post.ts';
export { updatePost } from './update-post.ts';
