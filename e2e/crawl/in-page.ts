/** What the crawl knows of the texts, handed into the page. */
export interface Dictionary {
  /** Every text of the language by its key; `{{…}}` stands for anything. */
  keys: [text: string, key: string][];
  /** English texts that read otherwise in the language of the crawl. */
  strangers: string[];
  /** The first parts of all keys. */
  roots: string[];
}

/** One thing that can be pressed or filled in. */
export interface Control {
  /** Where it is in the list the page keeps for `pressable`. */
  at: number;
  /** What it is, the same for things that differ only in whose they are. */
  key: string;
  role: string;
  name: string;
  kind: 'press' | 'toggle' | 'select' | 'fill' | 'file';
  type: string;
  /** Belongs to the frame around every screen. */
  isFrame: boolean;
  /** Lies in a dialogue or a menu over the screen. */
  isOver: boolean;
  /** Offers the way back after an act. */
  isUndo: boolean;
  href: string;
}

/** What there is to notice about a page from outside. */
export interface Standing {
  address: string;
  changes: number;
  focus: number;
  scroll: string;
}

export interface InPage {
  list(): Control[];
  take(at: number): Element | null;
  stand(): Standing;
  /** How long nothing has changed, in milliseconds; 0 while something says that it waits. */
  quietMs(): number;
  readFlaws(): string[];
  values(): Record<string, string>;
}

/** Runs inside the page before anything of its own does: it cannot see this module. */
export function installInPage({ keys, strangers, roots }: Dictionary): void {
  const wholes = new Map<string, string>();
  const patterns: [RegExp, string][] = [];
  const quote = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const tidy = (text: string) => text.replace(/\s+/g, ' ').trim();
  const toPattern = (text: string) =>
    new RegExp(
      `^${text
        .split(/\{\{[^}]*\}\}/)
        .map(quote)
        .join('.+')}$`,
      'u',
    );
  for (const [text, key] of keys) {
    if (!text.includes('{{')) wholes.set(text, wholes.get(text) ?? key);
    else if (text.replace(/\{\{[^}]*\}\}/g, '').replace(/[^\p{L}]/gu, '').length > 2)
      patterns.push([toPattern(text), key]);
  }
  const foreign = new Set(strangers.filter((it) => !it.includes('{{')));
  const foreignPatterns = strangers
    .filter((it) => it.includes('{{') && it.replace(/\{\{[^}]*\}\}/g, '').replace(/[^\p{L}]/gu, '').length > 5)
    .map(toPattern);
  const firsts = new Set(roots);
  const nameKeys = new Map<string, string>();
  const toKey = (name: string): string => {
    const known = nameKeys.get(name) ?? wholes.get(name) ?? patterns.find(([it]) => it.test(name))?.[1] ?? '*';
    nameKeys.set(name, known);
    return known;
  };

  let changes = 0;
  let changedAt = performance.now();
  new MutationObserver((records) => {
    // The bell, the clock and what is said aloud change by themselves; a control answers elsewhere as well.
    changes += records.length;
    changedAt = performance.now();
  }).observe(document, { subtree: true, childList: true, attributes: true, characterData: true });

  const numbers = new WeakMap<Element, number>();
  let nextNumber = 1;
  const numberOf = (element: Element | null): number => {
    if (!element || element === document.body) return 0;
    const number = numbers.get(element) ?? nextNumber++;
    numbers.set(element, number);
    return number;
  };

  let listed: Element[] = [];
  const asks =
    'a[href],button,input:not([type=hidden]),select,textarea,summary,[role=button],[role=menuitem],[role=tab],[role=switch],[role=option],[role=radio],[role=checkbox],[contenteditable=true]';

  const isShown = (element: Element): boolean => {
    if (!element.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true })) return false;
    const { width, height } = element.getBoundingClientRect();
    return (width > 1 && height > 1) || toggled(element) !== null;
  };
  const toggled = (element: Element): HTMLInputElement | null =>
    element instanceof HTMLInputElement &&
    (element.type === 'checkbox' || element.type === 'radio' || element.type === 'file')
      ? element
      : null;
  const wordsOf = (element: Element): string => {
    const seen = element.cloneNode(true) as Element;
    for (const it of seen.querySelectorAll('[aria-hidden=true],kbd')) it.remove();
    return seen.textContent;
  };
  const nameOf = (element: Element): string => {
    const labelled = (element.getAttribute('aria-labelledby') ?? '')
      .split(' ')
      .map((id) => document.getElementById(id))
      .map((it) => (it ? wordsOf(it) : ''))
      .join(' ');
    const isField =
      element instanceof HTMLInputElement ||
      element instanceof HTMLSelectElement ||
      element instanceof HTMLTextAreaElement;
    const labels = isField ? [...(element.labels ?? [])].map(wordsOf).join(' ') : '';
    const names = [
      element.getAttribute('aria-label'),
      labelled,
      labels,
      isField ? '' : wordsOf(element),
      element.getAttribute('title'),
      element.getAttribute('placeholder'),
    ];
    return tidy(names.find((it) => it?.trim()) ?? '');
  };
  const isOff = (element: Element): boolean =>
    element.matches(':disabled,[readonly],[aria-disabled=true],[data-disabled=true]') ||
    element.closest('[inert]') !== null;
  /** Already chosen: pressing it again rightly does nothing. */
  const isChosen = (element: Element): boolean => {
    if (element instanceof HTMLInputElement && element.type === 'radio') return element.checked;
    return element.matches(
      '[role=radio][aria-checked=true],[role=tab][aria-selected=true],.segmented [aria-pressed=true]',
    );
  };
  const layers = (): Element[] => {
    const dialogs = [...document.querySelectorAll('dialog:modal')];
    const popups = [...document.querySelectorAll('[popover]:popover-open')];
    const top = dialogs.at(-1);
    const inTop = popups.filter((it) => !top || top.contains(it) || !dialogs.some((each) => it.contains(each)));
    const popup = inTop.at(-1);
    return popup ? [popup] : top ? [top] : [];
  };
  const list = (): Control[] => {
    const [layer] = layers();
    const undo = [...document.querySelectorAll('.toasts button')];
    const within = layer ?? document.body;
    const found = [...within.querySelectorAll(asks)].filter((it) => isShown(it) && !isOff(it) && !isChosen(it));
    listed = found;
    return found.map((element, at): Control => {
      const tag = element.tagName.toLowerCase();
      const type = element.getAttribute('type') ?? '';
      const role = element.getAttribute('role') ?? (tag === 'input' ? `input ${type}` : tag);
      const name = nameOf(element);
      const href = element instanceof HTMLAnchorElement ? element.href : '';
      const to = href
        .replace(location.origin, '')
        .replace(/^https?:.*/, 'outside')
        .replace(/^\/p\/.*/, '/p/:address')
        .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, ':id')
        .replace(/\d{4}-\d{2}-\d{2}/g, ':day');
      const frame = element.closest('.rail,.bottom-bar,.settings-nav,.skip-link,.demo-banner,.banner') !== null;
      const known = toKey(name);
      // Without a text of ours in its name it is told apart by what it looks like.
      const looks = element.className.toString().replace(/m_\w+|mantine-\S+/g, '');
      const look = known === '*' ? looks.trim() || name : known;
      const key = [
        layer ? 'over' : '',
        role,
        look,
        to,
        element instanceof HTMLInputElement && type === 'radio' ? element.value.slice(0, 20) : '',
      ].join('|');
      const isField = element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement;
      const kind =
        tag === 'select'
          ? 'select'
          : type === 'file'
            ? 'file'
            : type === 'checkbox' || type === 'radio'
              ? 'toggle'
              : (isField && !['button', 'submit', 'reset'].includes(type)) || element.matches('[contenteditable=true]')
                ? 'fill'
                : 'press';
      return {
        at,
        key,
        role,
        name: name.slice(0, 60),
        kind,
        type,
        isFrame: frame && !layer,
        isOver: layer !== undefined,
        isUndo: undo.includes(element as HTMLButtonElement) && !element.matches('[class*=CloseButton],.close-button'),
        href,
      };
    });
  };

  const readFlaws = (): string[] => {
    const flaws = new Set<string>();
    const judge = (text: string, where: string) => {
      const said = tidy(text);
      if (said.length < 3) return;
      if (/\{\{|\}\}|\bundefined\b|\bNaN\b|\[object |\bInvalid Date\b/.test(said))
        flaws.add(`${where}: “${said.slice(0, 80)}”`);
      for (const word of said.match(/(?<![\w/@.:-])[a-z][a-zA-Z]*(?:\.[a-zA-Z][\w-]*)+(?![\w./@-])/g) ?? [])
        if (firsts.has(word.split('.')[0] ?? '')) flaws.add(`${where}: the key “${word}”`);
      if (
        /[a-z]{2}/i.test(said) &&
        (foreign.has(said) || (said.includes(' ') && foreignPatterns.some((it) => it.test(said))))
      )
        flaws.add(`${where}: untranslated “${said.slice(0, 80)}”`);
    };
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const parent = node.parentElement;
      if (!parent || parent.closest('script,style,noscript,[translate=no],[dir=auto]:not(input,textarea)')) continue;
      if (parent.checkVisibility()) judge(node.nodeValue ?? '', 'text');
    }
    for (const element of document.querySelectorAll('[aria-label],[title],[placeholder],[alt]'))
      for (const name of ['aria-label', 'title', 'placeholder', 'alt']) judge(element.getAttribute(name) ?? '', name);
    judge(document.title, 'title');
    return [...flaws];
  };

  const values = (): Record<string, string> => {
    const all: Record<string, string> = {};
    for (const element of document.querySelectorAll<HTMLInputElement>('main input, main textarea, main select')) {
      if (
        ['password', 'search', 'file', 'radio', 'hidden'].includes(element.type) ||
        element.matches(':disabled,[readonly],[role=combobox]')
      )
        continue;
      if (!isShown(element)) continue;
      const name = nameOf(element);
      if (name in all) continue;
      all[name] = element.type === 'checkbox' ? String(element.checked) : element.value;
    }
    return all;
  };

  const inPage: InPage = {
    list,
    take: (at) => listed[at] ?? null,
    stand: () => ({
      address: location.href,
      changes,
      focus: numberOf(document.activeElement),
      scroll: `${Math.round(scrollX)},${Math.round(scrollY)}`,
    }),
    quietMs: () =>
      document.readyState === 'complete' &&
      document.querySelector('h1') &&
      !document.querySelector('.waiting,[data-loading=true]')
        ? performance.now() - changedAt
        : 0,
    readFlaws,
    values,
  };
  (globalThis as unknown as { inPage: InPage }).inPage = inPage;
}
