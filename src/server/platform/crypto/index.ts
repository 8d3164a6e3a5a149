export { createVault, type SealedPlace, type Vault } from './create-vault.ts';
export { type KeyPlace, loadKeys, parseKey, type VaultKey } from './load-keys.ts';
