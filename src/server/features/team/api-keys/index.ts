export { endApiKeysOf } from './api-key-store.ts';
export { createApiKey } from './create-api-key.ts';
export { keyRing } from './key-ring.ts';
export { listApiKeys } from './list-api-keys.ts';
export { revokeApiKey } from './revoke-api-key.ts';
