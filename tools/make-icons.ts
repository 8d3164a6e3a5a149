import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';

/** Draws the icons of the installed app from `src/web/public/icon.svg`: `node tools/make-icons.ts`, after it changed. */
const home = path.join(import.meta.dirname, '../src/web/public');
const folder = path.join(home, 'icons');
const mark = readFileSync(path.join(home, 'icon.svg'), 'utf8');
const paper = '#0f5f73';
const lines = {
  compose: 'M9 23l2-6L21 7l4 4L15 21z',
  today: 'M16 6v3M16 23v3M6 16h3M23 16h3M9 9l2 2M21 21l2 2M23 9l-2 2M11 21l-2 2M20 16a4 4 0 1 1-8 0 4 4 0 0 1 8 0z',
  calendar: 'M8 10h16v14H8zM8 14h16M12 7v4M20 7v4',
};

mkdirSync(folder, { recursive: true });
for (const size of [192, 512]) {
  await draw(mark, `icon-${size}`, size);
  // A device cuts its own form out of these: all of the square is filled, and the mark stays in the middle 80 %.
  await draw(inMiddle(0.72), `maskable-${size}`, size);
}
// This device rounds the corners itself.
await draw(inMiddle(0.86), 'apple-180', 180);
// Only its outline is looked at.
await draw(
  sheet(
    '<path d="M6 26V7h20v19" fill="none" stroke="#fff" stroke-width="3.4"/><circle cx="16" cy="21" r="4" fill="#fff"/>',
  ),
  'badge-96',
  96,
);
for (const [name, line] of Object.entries(lines)) {
  const shape = `<path d="${line}" fill="none" stroke="#fff" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"/>`;
  await draw(sheet(`<rect width="32" height="32" rx="8" fill="${paper}"/>${shape}`), `${name}-96`, 96);
}

function sheet(inside: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">${inside}</svg>`;
}

function inMiddle(share: number): string {
  const shift = (32 * (1 - share)) / 2;
  const inside = mark.replace(/^<svg[^>]*>|<\/svg>\s*$/g, '').replace(/<rect[^>]*\/>/, '');
  return sheet(
    `<rect width="32" height="32" fill="${paper}"/><g transform="translate(${shift} ${shift}) scale(${share})">${inside}</g>`,
  );
}

async function draw(svg: string, name: string, size: number): Promise<void> {
  await sharp(Buffer.from(svg), { density: (72 * size) / 32 })
    .resize(size, size)
    .png({ compressionLevel: 9, palette: true })
    .toFile(path.join(folder, `${name}.png`));
}
