import type { Config } from './config.ts';

/** The values among the settings that must stand in no line of the log, also as they look within an address. */
export function listSecrets({ key, mail, metricsToken, storage, database }: Config): string[] {
  const urls = database.kind === 'external' ? [database.ownerUrl, database.appUrl] : [];
  const passwords = [...urls.map((url) => (url ? readPassword(url) : '')), mail.smtp?.login?.password ?? ''];
  return [
    ...passwords.flatMap((password) => [password, encodeURIComponent(password)]),
    ...(key.kind === 'given' ? key.keys : []),
    metricsToken ?? '',
    storage.s3?.secret ?? '',
  ].filter((secret) => secret !== '');
}

function readPassword(address: string): string {
  try {
    return decodeURIComponent(URL.parse(address)?.password ?? '');
  } catch {
    return '';
  }
}
