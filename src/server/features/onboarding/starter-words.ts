import { type ContactWay, shapeContactUrl, shapePhoneUrl } from '#contract/contact.ts';
import type { InterviewAnswers } from '#contract/onboarding.ts';
import { starterOf } from '#contract/starters.ts';
import type { Language } from '#contract/terms.ts';
import { createTexts } from '#server/platform/texts/index.ts';
import { isAboutLinks, type Plan } from './propose.rules.ts';

const texts = createTexts();

/** The words of a plan: what the team reads in the reader's language, what the public reads in the business's. */
export function wordPlan(
  plan: Plan,
  {
    answers,
    name,
    reader,
    language,
    onlyLink,
  }: {
    answers: InterviewAnswers;
    name: string;
    reader: Language;
    language: Language;
    /** Where all of the page's own links lead, if they lead to one place. */
    onlyLink: string | null;
  },
) {
  const kind = `kinds.${answers.industry ?? 'other'}`;
  const say = (key: string, params = {}) => texts.t(reader, `industries:${key}`, params);
  const publish = (key: string) =>
    texts.t(language, `industries:${key}`, {
      name,
      place: answers.place === '' ? texts.t(language, 'industries:blank') : answers.place,
      contact: sayContact(answers) || texts.t(language, 'industries:blankContact'),
    });
  const address = shapeContactUrl(answers.contactWay, answers.contact);
  const place = address === onlyLink ? placeOf(address) : null;
  const isToPlace = plan.metric === 'page-link-clicks' && place !== null;
  const told = sayContact(answers);
  return {
    objective: {
      title: plan.wish === null ? answers.wishWords : say(`${kind}.wishes.${plan.wish}`),
      description: answers.buyers === '' ? '' : say('buyers', { buyers: answers.buyers }),
    },
    goalTitle: isToPlace ? say('goals.page-link-clicks-to', { place }) : say(`goals.${plan.metric}`),
    posts: starterOf(answers.industry).posts.map((pillar, index) => {
      const text = publish(`${kind}.posts.${index + 1}`);
      // A post that serves presses says where to press.
      const isAsking = isAboutLinks(plan.metric) && address !== null && told !== '' && !text.includes(told);
      return { pillar, text: isAsking ? `${text}\n\n${publish('askHere')}` : text };
    }),
    ideas: wordIdeas(reader, answers.industry),
  };
}

/** How one gets in touch, as one would write it: the place where one writes first, then the telephone. */
function sayContact({ contactWay, contact, phone }: InterviewAnswers): string {
  const address = shapeContactUrl(contactWay, contact);
  const place = placeOf(address);
  const written =
    address === null ? '' : place === null || contact.includes('/') ? address : `${place} ${contact.trim()}`;
  return [written, shapePhoneUrl(phone) === null ? '' : phone.trim()].filter((it) => it !== '').join(' / ');
}

/** The place for messages that an address opens; null for any other page. */
const placeOf = (address: string | null): string | null =>
  address === null ? null : (placeNames[new URL(address).host] ?? null);

/** The same in every language. */
const placeNames: Partial<Record<string, string>> = {
  'line.me': 'LINE',
  'lin.ee': 'LINE',
  'wa.me': 'WhatsApp',
  'm.me': 'Messenger',
  'ig.me': 'Instagram',
};

/** What to write about next in this kind of business. */
export const wordIdeas = (reader: Language, industry: InterviewAnswers['industry']): string[] =>
  [1, 2, 3].map((number) => texts.t(reader, `industries:kinds.${industry ?? 'other'}.ideas.${number}`));

/** What stands on the way to call, to order or to write, in the language of the public. */
export const wordContact = (language: Language, way: ContactWay | 'phone', phone = ''): string =>
  texts.t(language, `industries:contact.${way}`, { phone });

/** What a channel is for, until somebody says it better. */
export const wordPurpose = (reader: Language, channel: 'page' | 'second'): string =>
  texts.t(reader, `industries:purpose.${channel}`);

/** What a goal counted in presses on links cannot do without. */
export const wordLinkNeeded = (reader: Language): string => texts.t(reader, 'industries:linkNeeded');
