import type { Content } from '#contract/content.ts';
import { isSame, type PostDraft } from './post-draft.ts';

/** A field that two people changed in different ways; both texts are kept until someone decides. */
export interface DraftConflict {
  /** `content`, `content.0.text`, `variant.<channel>.1.media`, `content.firstComment`, `language`, `serves`, `pillar`, `plannedFor`. */
  field: string;
  mine: unknown;
  theirs: unknown;
}

/** What is known of a draft, field by field. */
type Fields = Map<string, unknown>;

/**
 * Brings together two drafts that began from the same `base`. A field that only one side changed is taken from there;
 * one that both changed alike is no conflict. Where they differ, `merged` holds mine and the conflict holds both.
 */
export function mergeDrafts(drafts: { base: PostDraft; mine: PostDraft; theirs: PostDraft }): {
  merged: PostDraft;
  conflicts: DraftConflict[];
} {
  const whole = listWholeContents(drafts);
  const base = takeApart(drafts.base, whole);
  const mine = takeApart(drafts.mine, whole);
  const theirs = takeApart(drafts.theirs, whole);
  const merged: Fields = new Map();
  const conflicts: DraftConflict[] = [];
  for (const field of new Set([...mine.keys(), ...theirs.keys(), ...base.keys()])) {
    const [was, here, there] = [base.get(field), mine.get(field), theirs.get(field)];
    if (isSame(here, there) || isSame(there, was)) merged.set(field, here);
    else if (isSame(here, was)) merged.set(field, there);
    else {
      merged.set(field, here);
      conflicts.push({ field, mine: here, theirs: there });
    }
  }
  return { merged: putTogether(merged), conflicts };
}

/** Takes the other side's text for one field. */
export function takeTheirs(draft: PostDraft, { field, theirs }: DraftConflict): PostDraft {
  const [owner = '', name = ''] = field.split('.');
  const isWholeContent = field === 'content' || (owner === 'variant' && field === `variant.${name}`);
  const whole = new Set(isWholeContent ? [field] : []);
  const fields = takeApart(draft, whole);
  fields.set(field, theirs);
  return putTogether(fields);
}

/** Contents whose parts do not correspond one to one between the three drafts: these are compared as a whole. */
function listWholeContents({
  base,
  mine,
  theirs,
}: {
  base: PostDraft;
  mine: PostDraft;
  theirs: PostDraft;
}): Set<string> {
  const whole = new Set<string>();
  const drafts = [base, mine, theirs];
  const channels = drafts.flatMap((it) => Object.keys(it.variants));
  const counts = (pick: (draft: PostDraft) => Content | null | undefined) =>
    new Set(drafts.map((draft) => pick(draft)?.parts.length ?? -1));
  if (counts((draft) => draft.content).size > 1) whole.add('content');
  for (const id of channels) {
    const lengths = counts((draft) => draft.variants[id]);
    if (lengths.size > 1 || lengths.has(-1)) whole.add(`variant.${id}`);
  }
  return whole;
}

function takeApart(draft: PostDraft, whole: Set<string>): Fields {
  const fields: Fields = new Map();
  const { content, variants, ...rest } = draft;
  for (const [field, value] of Object.entries(rest)) fields.set(field, value);
  const split = (name: string, value: Content | null) => {
    if (value === null || whole.has(name)) fields.set(name, value);
    else {
      for (const [index, part] of value.parts.entries()) {
        for (const [key, it] of Object.entries(part)) fields.set(`${name}.${index}.${key}`, it);
      }
      // Also where there is none: else the other side's stays unseen.
      fields.set(`${name}.firstComment`, value.firstComment);
    }
  };
  split('content', content);
  for (const [id, own] of Object.entries(variants)) split(`variant.${id}`, own);
  return fields;
}

function putTogether(fields: Fields): PostDraft {
  const contents = new Map<string, Content | null>();
  const comments = new Map<string, string | undefined>();
  const rest: Record<string, unknown> = {};
  for (const [field, value] of fields) {
    const found = /^(content|variant\.[^.]+)(?:\.(\d+)\.(\w+)|\.firstComment)?$/.exec(field);
    if (!found) rest[field] = value;
    else if (field.endsWith('.firstComment')) comments.set(found[1] ?? '', value as string | undefined);
    else putContent(contents, { name: found[1] ?? '', index: found[2], key: found[3] }, value);
  }
  for (const [name, firstComment] of comments) {
    const content = contents.get(name);
    if (content && firstComment !== undefined) contents.set(name, { ...content, firstComment });
  }
  const variants: PostDraft['variants'] = {};
  for (const [name, value] of contents) if (name !== 'content') variants[name.slice('variant.'.length)] = value;
  return { ...rest, content: contents.get('content'), variants } as PostDraft;
}

function putContent(
  contents: Map<string, Content | null>,
  at: { name: string; index: string | undefined; key: string | undefined },
  value: unknown,
): void {
  const { name, index, key } = at;
  if (index === undefined || key === undefined) {
    // Undefined: the channel was taken out.
    if (value !== undefined) contents.set(name, value as Content | null);
    return;
  }
  const parts = contents.get(name)?.parts ?? [];
  const position = Number(index);
  while (parts.length <= position) parts.push({ text: '', media: [], link: null });
  const part = parts[position];
  if (part) parts[position] = { ...part, [key]: value };
  contents.set(name, { parts });
}
