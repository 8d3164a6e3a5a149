/** A stranger's name on one line: no control characters, no marks that turn the reading direction, at most `max` long. */
export function cleanLine(text: string, max: number): string {
  return cleanWords(text, max * 4)
    .replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, max)
    .toWellFormed();
}

/** A stranger's words as plain text: line breaks stay, other control characters go. */
export function cleanWords(text: string, max: number): string {
  return text
    .slice(0, max)
    .toWellFormed()
    .replace(/(?!\n)\p{Cc}/gu, '')
    .trim();
}
