import { describe, expect, it } from 'vitest';
import { shapeContactUrl, shapePhoneUrl } from './contact.ts';

describe('a telephone number', () => {
  it.each([
    ['081-234-5678', 'tel:0812345678'],
    [' +66 (0)81 234.5678 ', 'tel:+660812345678'],
    ['๐๘๑-๒๓๔-๕๖๗๘', 'tel:0812345678'],
    ['191', null],
    ['ask at the counter', null],
    ['1'.repeat(16), null],
    ['javascript:12345', null],
    ['', null],
  ])('%j: %s', (text, url) => {
    expect(shapePhoneUrl(text)).toBe(url);
  });
});

describe('where one orders or writes', () => {
  it.each([
    ['link', 'bakery.example/menu', 'https://bakery.example/menu'],
    ['link', 'http://bakery.example', 'http://bakery.example/'],
    ['link', 'our menu', null],
    ['link', 'javascript:alert(1)', null],
    ['link', 'https://me:secret@bakery.example', null],
    ['line', '@corner', 'https://line.me/R/ti/p/%40corner'],
    ['line', 'khun.mali', 'https://line.me/ti/p/~khun.mali'],
    ['line', 'lin.ee/abc', 'https://lin.ee/abc'],
    ['line', 'คุณมาลี', null],
    ['whatsapp', '+66 81 234 5678', 'https://wa.me/66812345678'],
    ['whatsapp', '081 234 5678', null],
    ['messenger', 'corner.bakery', 'https://m.me/corner.bakery'],
    ['messenger', 'https://bakery.example/chat', 'https://bakery.example/chat'],
    ['messenger', '', null],
    ['instagram', '@corner.bakery', 'https://ig.me/m/corner.bakery'],
    ['instagram', 'instagram.com/corner', 'https://instagram.com/corner'],
    ['instagram', 'our page', null],
  ] as const)('by %s %j: %s', (way, text, url) => {
    expect(shapeContactUrl(way, text)).toBe(url);
  });
});
