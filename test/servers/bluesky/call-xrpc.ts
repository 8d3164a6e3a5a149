/** Calls one method of the account server and returns its answer; throws with the server's own words on a refusal. */
export async function callXrpc<T>(options: {
  url: string;
  method: string;
  token?: string;
  query?: Record<string, string>;
  body?: object;
}): Promise<T> {
  const query = options.query ? `?${new URLSearchParams(options.query)}` : '';
  const response = await fetch(`${options.url}/xrpc/${options.method}${query}`, {
    method: options.body ? 'POST' : 'GET',
    headers: {
      ...(options.token ? { authorization: `Bearer ${options.token}` } : {}),
      ...(options.body ? { 'content-type': 'application/json' } : {}),
    },
    ...(options.body ? { body: JSON.stringify(options.body) } : {}),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${options.method} answered ${response.status}: ${text}`);
  return (text === '' ? {} : JSON.parse(text)) as T;
}
