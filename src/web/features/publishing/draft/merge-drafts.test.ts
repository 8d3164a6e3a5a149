import { expect, test } from 'vitest';
import { mergeDrafts, takeTheirs } from './merge-drafts.ts';
import { beginDraft, emptyPart, type PostDraft } from './post-draft.ts';

const base: PostDraft = {
  ...beginDraft('en'),
  content: { parts: [{ ...emptyPart, text: 'Fresh bread' }] },
  variants: { a: null },
};
const say = (text: string): PostDraft['content'] => ({ parts: [{ ...emptyPart, text }] });

test('changes to different fields come together without a question', () => {
  const mine = { ...base, content: say('Fresh bread at seven') };
  const theirs: PostDraft = { ...base, pillar: 'teach', variants: { a: say('On A') } };
  const { merged, conflicts } = mergeDrafts({ base, mine, theirs });
  expect(conflicts).toEqual([]);
  expect(merged).toEqual({
    ...base,
    content: say('Fresh bread at seven'),
    pillar: 'teach',
    variants: { a: say('On A') },
  });
});

test('text and picture of the same part are different fields', () => {
  const mine = { ...base, content: say('Mine') };
  const media = [{ mediumId: 'm' as never, alt: 'A loaf' }];
  const theirs = { ...base, content: { parts: [{ ...emptyPart, text: 'Fresh bread', media }] } };
  const { merged, conflicts } = mergeDrafts({ base, mine, theirs });
  expect(conflicts).toEqual([]);
  expect(merged.content.parts).toEqual([{ text: 'Mine', media, link: null }]);
});

test('when both changed the same text, both are kept', () => {
  const mine = { ...base, content: say('Mine') };
  const theirs = { ...base, content: say('Theirs') };
  const { merged, conflicts } = mergeDrafts({ base, mine, theirs });
  expect(merged.content).toEqual(say('Mine'));
  expect(conflicts).toEqual([{ field: 'content.0.text', mine: 'Mine', theirs: 'Theirs' }]);
  const [conflict] = conflicts;
  expect(conflict && takeTheirs(merged, conflict).content).toEqual(say('Theirs'));
});

test('the same change on both sides is no conflict', () => {
  const changed = { ...base, content: say('Same') };
  expect(mergeDrafts({ base, mine: changed, theirs: changed }).conflicts).toEqual([]);
});

test('a thread that grew on one side and changed on the other is shown whole, and either can be taken', () => {
  const mine = { ...base, content: { parts: [...base.content.parts, { ...emptyPart, text: 'Second' }] } };
  const theirs = { ...base, content: say('Theirs') };
  const { merged, conflicts } = mergeDrafts({ base, mine, theirs });
  expect(merged.content).toEqual(mine.content);
  expect(conflicts).toHaveLength(1);
  const [conflict] = conflicts;
  expect(conflict && takeTheirs(merged, conflict).content).toEqual(say('Theirs'));
});

test('a channel taken out by one side stays out', () => {
  const mine = { ...base, variants: {} };
  const theirs = { ...base, language: 'th' };
  expect(mergeDrafts({ base, mine, theirs }).merged).toEqual({ ...base, language: 'th', variants: {} });
});

test('a first comment is a field of its own', () => {
  const mine = { ...base, content: { ...base.content, firstComment: 'Mine' } };
  const theirs = { ...base, language: 'th' };
  expect(mergeDrafts({ base, mine, theirs }).merged).toEqual({ ...mine, language: 'th' });
  const other = { ...base, content: { ...base.content, firstComment: 'Theirs' } };
  const { merged, conflicts } = mergeDrafts({ base, mine, theirs: other });
  expect(merged.content.firstComment).toBe('Mine');
  expect(conflicts).toEqual([{ field: 'content.firstComment', mine: 'Mine', theirs: 'Theirs' }]);
  const [conflict] = conflicts;
  expect(conflict && takeTheirs(merged, conflict)).toEqual(other);
});

test('a first comment that one side took out stays out', () => {
  const before = { ...base, content: { ...base.content, firstComment: 'Opening hours' } };
  const { merged, conflicts } = mergeDrafts({ base: before, mine: base, theirs: { ...before, language: 'th' } });
  expect(conflicts).toEqual([]);
  expect(merged).toEqual({ ...base, language: 'th' });
});
