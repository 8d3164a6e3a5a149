/** A column whose values the vault seals, and what names their place. */
export interface SealedColumn {
  table: string;
  column: string;
  /** Column or literal, as SQL. */
  workspaceId: string;
  rowId: string;
}

/** Every column with sealed values: one that is not here would be lost at the next change of the key. */
export const sealedColumns: readonly SealedColumn[] = [
  { table: 'connection', column: 'credential', workspaceId: 'workspace_id', rowId: 'channel_id' },
  { table: 'derivation_root', column: 'sealed', workspaceId: `'installation'`, rowId: `'root'` },
  { table: 'outgoing_mail', column: 'sealed', workspaceId: `'installation'`, rowId: 'id' },
  { table: 'push_device', column: 'sealed', workspaceId: `'installation'`, rowId: 'id' },
  { table: 'push_key', column: 'sealed', workspaceId: `'installation'`, rowId: `'key'` },
];
