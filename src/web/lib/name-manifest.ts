import type { Language } from '#contract/terms.ts';

/** Names the app's manifest: what the device shows of an installed Goalpost is in the person's language too. */
export function nameManifest(language: Language): void {
  const href = `/manifest.${language}.webmanifest`;
  const link = document.querySelector('link[rel="manifest"]') ?? document.createElement('link');
  if (link.getAttribute('href') === href) return;
  link.setAttribute('rel', 'manifest');
  link.setAttribute('href', href);
  document.head.append(link);
}
