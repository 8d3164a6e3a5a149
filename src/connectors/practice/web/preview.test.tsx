import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { Content } from '#contract/content.ts';
import { PracticePreview } from './preview.tsx';

const mediumId = '00000000-0000-4000-8000-000000000001';
const draw = (content: object) =>
  renderToStaticMarkup(
    <PracticePreview
      content={Content.parse(content)}
      language="th"
      account={{ name: 'Corner Bakery', handle: 'bakery' }}
      media={new Map([[mediumId, { url: '/media/1', width: 80, height: 60 }]])}
    />,
  );

test('shows markup in a text as text and marks what will be a link', () => {
  const html = draw({ parts: [{ text: '<b>Rolls</b> at https://shop.example/rolls.' }] });
  expect(html).toContain('&lt;b&gt;Rolls&lt;/b&gt;');
  expect(html).toMatch(/<span[^>]*>https:\/\/shop\.example\/rolls<\/span>\./);
  expect(html).toContain('lang="th"');
});

test('shows every part of a thread and the first comment beneath it, pictures with their alt text and the card beside', () => {
  const html = draw({
    parts: [{ text: 'One.', media: [{ mediumId, alt: 'A loaf' }], link: 'https://shop.example/' }, { text: 'Two.' }],
    firstComment: 'Opening hours inside',
  });
  expect(html.match(/<section/g)).toHaveLength(3);
  expect(html).toContain('alt="A loaf"');
  expect(html).toContain('shop.example');
  expect(html.indexOf('Opening hours')).toBeGreaterThan(html.indexOf('Two.'));
});
