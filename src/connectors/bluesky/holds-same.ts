/**
 * Whether what the server holds is what we wrote, whatever the order of its keys. Walks only as deep as our own record,
 * so a stranger's nesting costs nothing.
 */
export function holdsSame(ours: unknown, theirs: unknown): boolean {
  if (typeof ours !== 'object' || ours === null) return ours === theirs;
  if (typeof theirs !== 'object' || theirs === null || Array.isArray(ours) !== Array.isArray(theirs)) return false;
  const mine = Object.entries(ours);
  if (mine.length !== Object.keys(theirs).length) return false;
  const other = new Map(Object.entries(theirs));
  return mine.every(([key, value]) => other.has(key) && holdsSame(value, other.get(key)));
}
