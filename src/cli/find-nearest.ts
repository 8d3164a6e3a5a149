/** The known word that a mistyped one is nearest to, or null when none is near enough to be meant. */
export function findNearest(word: string, known: readonly string[]): string | null {
  let nearest: { word: string; distance: number } | null = null;
  for (const each of known) {
    const distance = each.startsWith(word) && word.length > 2 ? 1 : countEdits(word, each);
    if (
      distance <= Math.max(2, Math.floor(each.length / 3)) &&
      distance < (nearest?.distance ?? Number.POSITIVE_INFINITY)
    )
      nearest = { word: each, distance };
  }
  return nearest?.word ?? null;
}

/** Levenshtein's distance: letters to put in, take out or change. */
function countEdits(left: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, i) => i);
  for (let i = 1; i <= left.length; i++) {
    const next = [i];
    for (let j = 1; j <= right.length; j++) {
      const changed = (row[j - 1] ?? 0) + (left[i - 1] === right[j - 1] ? 0 : 1);
      next.push(Math.min(changed, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[right.length] ?? 0;
}
