import { shapePhoneUrl } from '#contract/contact.ts';

/** A telephone number as it stands in a text; `start` and `end` (exclusive) in UTF-16 units. */
export interface PhoneInText {
  start: number;
  end: number;
  /** As written. */
  text: string;
  /** `tel:` and the digits. */
  url: string;
}

/**
 * Finds the telephone numbers in a text: nine digits or more that begin with 0 or +, in groups parted by single spaces,
 * hyphens, dots or brackets. Hours, dates and prices are shorter or begin otherwise.
 */
export function findPhones(text: string): PhoneInText[] {
  return [...text.matchAll(candidate)].flatMap((match) => {
    const [written] = match;
    const digits = written.replace(/\D/g, '').length;
    const url = digits < 9 ? null : shapePhoneUrl(written);
    return url === null ? [] : [{ start: match.index, end: match.index + written.length, text: written, url }];
  });
}

const candidate =
  /(?<![A-Za-z\d+/=_@#.-])(?:\+|\(?0)\d*(?:(?:[ \u00a0]?[().-][ \u00a0]?|[ \u00a0])\d+)*(?![A-Za-z\d@_])/g;
