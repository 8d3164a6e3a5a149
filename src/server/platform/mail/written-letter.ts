/** A letter as it goes out. */
export interface WrittenLetter {
  /** One line. */
  subject: string;
  text: string;
  html: string;
}
