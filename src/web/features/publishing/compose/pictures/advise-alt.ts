/** What could be better about the words for a picture; null when nothing is, as far as a rule can see. */
export type AltAdvice = 'missing' | 'file-name' | 'repeats';

/** Looks at the words for a picture beside the file's name and the post's own text. */
export function adviseAlt(alt: string, { fileName, text }: { fileName: string; text: string }): AltAdvice | null {
  const said = fold(alt);
  if (said === '') return 'missing';
  if (
    said === fold(fileName) ||
    /\.(jpe?g|png|webp|gif|heic|mp4|mov|webm)$/.test(said) ||
    /^(img|dsc|pxl|vid|mvi|mov|screenshot)[\s_-]*\d/.test(said)
  )
    return 'file-name';
  return said === fold(text) ? 'repeats' : null;
}

const fold = (words: string): string => words.trim().toLowerCase();
