/** The words of the installed app in one language: `src/texts/<language>/pwa.json`. */
export interface AppWords {
  description: string;
  compose: string;
  today: string;
  calendar: string;
}

/** A picture of a screen that the browser shows before installing. */
export interface Screenshot {
  src: string;
  sizes: string;
  form_factor: 'wide' | 'narrow';
}

/** Writes the web app manifest of one language. All languages are the same app: they have one `id`. */
export function writeManifest(language: string, words: AppWords, screenshots: readonly Screenshot[]): object {
  const icon = (name: string, size: number, purpose: string) => ({
    src: `/icons/${name}-${size}.png`,
    sizes: `${size}x${size}`,
    type: 'image/png',
    purpose,
  });
  const shortcut = (name: string, room: string) => ({
    name,
    url: `/?open=${room}`,
    icons: [{ src: `/icons/${room}-96.png`, sizes: '96x96', type: 'image/png' }],
  });
  return {
    id: '/',
    name: 'Goalpost',
    short_name: 'Goalpost',
    description: words.description,
    lang: language,
    dir: 'ltr',
    start_url: '/',
    scope: '/',
    display: 'standalone',
    // One colour only is possible here; the page itself names one for light and one for dark.
    theme_color: '#f7f4ee',
    background_color: '#f7f4ee',
    categories: ['business', 'productivity', 'social'],
    icons: [
      icon('icon', 192, 'any'),
      icon('icon', 512, 'any'),
      icon('maskable', 192, 'maskable'),
      icon('maskable', 512, 'maskable'),
    ],
    shortcuts: [
      shortcut(words.compose, 'compose'),
      shortcut(words.today, 'today'),
      shortcut(words.calendar, 'calendar'),
    ],
    share_target: {
      action: '/share',
      method: 'POST',
      enctype: 'multipart/form-data',
      params: {
        title: 'title',
        text: 'text',
        url: 'url',
        files: [{ name: 'pictures', accept: ['image/jpeg', 'image/png', 'image/webp', 'image/gif'] }],
      },
    },
    // A press on a link to an installed Goalpost, or on a notice, comes to the window that is open.
    launch_handler: { client_mode: ['focus-existing', 'auto'] },
    ...(screenshots.length > 0
      ? { screenshots: screenshots.map((each) => ({ ...each, type: 'image/png', label: words.description })) }
      : {}),
  };
}
