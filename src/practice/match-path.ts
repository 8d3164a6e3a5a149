/** What stands at the `:name` places of a pattern, or null when the path is another one. */
export function matchPath(pattern: string, path: string): Record<string, string> | null {
  const wanted = pattern.split('/');
  const given = path.split('/');
  if (wanted.length !== given.length) return null;
  const params: Record<string, string> = {};
  for (const [place, segment] of wanted.entries()) {
    const found = given[place] ?? '';
    if (segment.startsWith(':')) {
      const value = decode(found);
      if (value === null || value === '') return null;
      params[segment.slice(1)] = value;
    } else if (segment !== found) return null;
  }
  return params;
}

function decode(segment: string): string | null {
  try {
    return decodeURIComponent(segment);
  } catch {
    return null;
  }
}
