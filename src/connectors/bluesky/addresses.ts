const collection = 'app.bsky.feed.post';

/** The parts of a record's address `at://<did>/<collection>/<key>`, or null when it is none of a post. */
export function readPostUri(uri: string): { did: string; key: string } | null {
  const match = /^at:\/\/(did:[a-z]+:[A-Za-z0-9._:%-]+)\/app\.bsky\.feed\.post\/([A-Za-z0-9._:~-]{1,512})$/.exec(uri);
  return match?.[1] && match[2] ? { did: match[1], key: match[2] } : null;
}

export const postUri = (did: string, key: string): string => `at://${did}/${collection}/${key}`;

/** Where a person finds a post. By the account's id, so that it outlives a change of handle. */
export function postAddress(uri: string): string | null {
  const parts = readPostUri(uri);
  return parts && `https://bsky.app/profile/${parts.did}/post/${parts.key}`;
}

/** Where a person finds an account; by its id when the handle is not a plain host name. */
export function profileAddress(handle: string, did: string): string {
  const isHostName = /^[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(handle) && handle !== 'handle.invalid';
  return `https://bsky.app/profile/${isHostName ? handle : did}`;
}

export const postCollection = collection;
