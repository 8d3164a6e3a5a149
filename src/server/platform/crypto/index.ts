export { addKey, dropOldKeys } from './change-key-file.ts';
export { createVault, type SealedPlace, type Vault } from './create-vault.ts';
export { keepDerivationRoot } from './derivation-root-store.ts';
export { type KeyPlace, loadKeys, parseKey, readKeyLines, type VaultKey } from './load-keys.ts';
export { countUnreadable, isRotationSettled, resealAll, startTurn } from './sealed-store.ts';
export { watchKeyFile } from './watch-key-file.ts';
