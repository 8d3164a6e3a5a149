import { shapeContactUrl, shapePhoneUrl } from '#contract/contact.ts';
import type { InterviewAnswers } from '#contract/onboarding.ts';
import type { PageLink } from '#contract/page.ts';
import type { Language } from '#contract/terms.ts';
import { wordContact } from './starter-words.ts';

type Answered = Pick<InterviewAnswers, 'phone' | 'contactWay' | 'contact'>;

/** How one reaches the business, as things to press on its page: where one orders or writes first, then the telephone. */
export function wordContactLinks(language: Language, { phone, contactWay, contact }: Answered): PageLink[] {
  const links: PageLink[] = [];
  const url = shapeContactUrl(contactWay, contact);
  if (url !== null) links.push({ label: wordContact(language, contactWay), url });
  const call = shapePhoneUrl(phone);
  if (call !== null) links.push({ label: wordContact(language, 'phone', phone), url: call });
  return links;
}

/** Can be followed and counted; a telephone rings elsewhere. */
export const isFollowed = ({ url }: Pick<PageLink, 'url'>): boolean => /^https?:/.test(url);

/** What the page says of the business: its owner's words, and where it is unless they say so already. */
export const wordAbout = ({ business, place }: Pick<InterviewAnswers, 'business' | 'place'>): string =>
  [business, business.toLowerCase().includes(place.toLowerCase()) ? '' : place].filter((it) => it !== '').join('\n');
