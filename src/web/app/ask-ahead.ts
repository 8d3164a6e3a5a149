import { loadFormat } from '../../format/index.ts';
import { askAhead } from '../lib/ahead.ts';
import { findTexts, guessLanguage } from '../lib/guess-language.ts';
import { nameManifest } from '../lib/name-manifest.ts';
import { readAddress } from './read-address.ts';

// Run before anything else has come, and by itself: imports nothing but what is in its own small file, so that texts and
// answers are on their way while the rest of the interface is.

void loadFormat(guessLanguage()).catch(() => undefined);
nameManifest(guessLanguage());
const ahead = readAddress();
for (const namespace of ['first', 'metrics', ...(ahead?.texts ?? ['web'])]) {
  const address = findTexts(guessLanguage(), namespace);
  if (address !== undefined) askAhead(address);
}
for (const address of ahead?.answers ?? []) askAhead(address);
