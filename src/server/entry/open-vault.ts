import { existsSync } from 'node:fs';
import type { Config } from '#server/platform/config/index.ts';
import { createVault, keepDerivationRoot, loadKeys, type Vault, watchKeyFile } from '#server/platform/crypto/index.ts';
import { type Contents, forgetCredentials, StartRefusal } from '#server/platform/db/index.ts';

/**
 * Opens the vault with the installation's key, which is made only for a database in which nothing is kept yet.
 *
 * Throws `StartRefusal` when the key file is gone or the key is not the one that sealed what is stored: with a new key
 * in its place every credential would be lost for good at the next change. `GOALPOST_KEY_LOST=yes` gives those up.
 */
export async function openVault(options: {
  config: Config;
  contents: Contents;
  ownerUrl: string;
  say: (line: string) => void;
}): Promise<Vault> {
  const { config, contents } = options;
  const { key } = config;
  const isMissing = key.kind === 'file' && !existsSync(key.path);
  if (isMissing && contents.prepared && !config.keyLost) {
    throw new StartRefusal(
      `The key file ${key.path} is missing, but there is data that needs it. Put it back from your copy, or give the key ` +
        `in GOALPOST_KEY. ${wayOut} Nothing was changed.`,
    );
  }
  const keys = await loadKeys(key);
  const ids = keys.map(({ id }) => id);
  const strange = contents.sealedWith.filter((id) => !ids.includes(id));
  const open = async (forget: boolean): Promise<Vault> => {
    const root = await keepDerivationRoot({ ownerUrl: options.ownerUrl, keys, fresh: !contents.prepared, forget });
    return createVault({ keys, root, ...(key.kind === 'file' ? { reload: watchKeyFile(key.path) } : {}) });
  };
  if (strange.length === 0) return open(false);
  if (!config.keyLost) {
    const where = key.kind === 'file' ? `the file ${key.path}` : 'GOALPOST_KEY';
    throw new StartRefusal(
      `Stored secrets were sealed with the key ${strange.join(', ')}, but ${where} holds ${ids.join(', ')}. ` +
        `Put the old key back, alone or behind the new one. ${wayOut} Nothing was changed.`,
    );
  }
  const count = await forgetCredentials(options.ownerUrl, ids);
  options.say(`Gave up the credentials of ${count} channels, whose key is lost. Connect them again.`);
  return open(true);
}

const wayOut =
  'If the key is lost for good, start once with GOALPOST_KEY_LOST=yes: channels must then be connected again.';
