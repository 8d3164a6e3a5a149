/** An http(s) address without a name and password in it; null for anything else. */
export function readCallableUrl(address: string | URL, relativeTo?: URL): URL | null {
  const url = URL.parse(String(address), relativeTo);
  if (!url || (url.protocol !== 'http:' && url.protocol !== 'https:')) return null;
  if (url.username !== '' || url.password !== '' || url.hostname === '') return null;
  return url;
}
