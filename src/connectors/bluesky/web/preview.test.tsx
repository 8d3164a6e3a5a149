import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { Content } from '#contract/content.ts';
import type { PreviewProps } from '../../kit/preview.ts';
import { BlueskyPreview } from './preview.tsx';

const mediumId = '00000000-0000-4000-8000-000000000001';
const medium = (alt: string) => ({ mediumId, alt });
const account = { name: 'Bäckerei Müller', handle: 'bakery.test' };
const media = new Map([[mediumId, { url: '/media/1', width: 80, height: 60 }]]);
const draw = (parts: unknown[], more: Partial<PreviewProps> = {}) =>
  renderToStaticMarkup(
    <BlueskyPreview content={Content.parse({ parts })} language="th" account={account} media={media} {...more} />,
  );
const count = (html: string, what: RegExp) => [...html.matchAll(what)].length;

test('marks what will be a link, a tag or a mention, and nothing else', () => {
  const html = draw([{ text: 'ดูที่https://a.example/เมนู #ขนม @b.test <b>no</b>' }]);
  const marked = [...html.matchAll(/facet[^>]*>([^<]*)</g)].map((match) => match[1]);
  expect(marked).toEqual(['https://a.example/เมนู', '#ขนม', '@b.test']);
  expect(html).toContain('&lt;b&gt;no&lt;/b&gt;');
  expect(html).toContain('lang="th"');
});

test('pictures keep their alt text, at most as many as the network shows', () => {
  const html = draw([{ media: Array.from({ length: 6 }, () => medium('A "warm" loaf')) }]);
  expect(count(html, /alt="A &quot;warm&quot; loaf"/g)).toBe(4);
});

test('a link is a card, unless there are pictures', () => {
  const link = 'https://a.example/menu';
  const pages = new Map([[link, { title: 'Our menu', description: 'Bread', imageUrl: null }]]);
  expect(draw([{ link }])).toContain('a.example');
  expect(draw([{ link }], { pages })).toContain('Our menu');
  expect(draw([{ link, media: [medium('')] }], { pages })).not.toContain('Our menu');
});

test('a thread has one section for each part', () => {
  expect(count(draw([{ text: 'a' }, { text: 'b' }, { text: 'c' }]), /<section/g)).toBe(3);
});

test('a first comment stands beneath the last part', () => {
  const content = Content.parse({ parts: [{ text: 'a' }], firstComment: 'Open from seven' });
  const html = draw([{ text: 'a' }], { content });
  expect(count(html, /<section/g)).toBe(2);
  expect(html).toContain('Open from seven');
});
