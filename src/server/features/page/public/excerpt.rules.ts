const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** The first line that says something, at most `max` letters as a reader counts them. Empty for an empty text. */
export function titleOf(text: string, max = 80): string {
  const line = text.split('\n').find((each) => each.trim() !== '') ?? '';
  return shorten(line, max);
}

/** A text in one line, at most `max` letters as a reader counts them. */
export function shorten(text: string, max: number): string {
  const line = text.replace(/\s+/g, ' ').trim();
  if (line.length <= max) return line;
  const letters: string[] = [];
  for (const { segment } of segmenter.segment(line)) {
    letters.push(segment);
    if (letters.length > max) break;
  }
  if (letters.length <= max) return line;
  const cut = letters.slice(0, max - 1).join('');
  const space = cut.lastIndexOf(' ');
  return `${(space > cut.length * 0.6 ? cut.slice(0, space) : cut).replace(/[\s,;:.–-]+$/u, '')}…`;
}

/**
 * Where to cut a long text so that about `max` UTF-16 units are left: between letters, after a word where there is one
 * near, and never inside one of `spans`. The text's length when it need not be cut.
 */
export function cutPoint(text: string, max: number, spans: readonly { start: number; end: number }[]): number {
  // A text that is only a little too long is shown whole: one line is not worth a press.
  if (text.length <= max * 1.3) return text.length;
  const boundary = segmenter.segment(text).containing(max)?.index ?? max;
  const space = text.slice(0, boundary).search(/\s\S*$/u);
  const cut = space > max * 0.7 ? space : boundary;
  return spans.find(({ start, end }) => start < cut && cut < end)?.start ?? cut;
}
