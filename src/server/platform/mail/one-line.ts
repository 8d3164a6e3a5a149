/** Whatever people called things, a paragraph stays a paragraph and a subject one line. */
export const oneLine = (text: string): string => text.replace(/[\s\p{Cc}\u2028\u2029]+/gu, ' ').trim();
