import { useEffect } from 'react';

/** Where something may be taken away while its screen stays. */
const homes = 'li, section, fieldset, form, .page';

/**
 * Keeps the focus near where it was when what holds it goes away: a line that is removed hands it to the line after it,
 * or before it; a button that has done its work hands it to what it stood in. Without this it falls to the top of the
 * document, and whoever works by keyboard or by ear begins anew. Who moves the focus elsewhere has the last word.
 */
export function useKeepFocus(isOn: boolean): void {
  useEffect(() => {
    const content = isOn ? document.getElementById('content') : null;
    if (!content) return;
    let held: Element | null = null;
    const take = ({ target }: FocusEvent) => {
      held = target instanceof Element ? target : null;
    };
    const release = ({ target }: FocusEvent) => {
      // What is being removed, or is busy, lets the focus go as well; only who goes elsewhere has left.
      queueMicrotask(() => {
        if (target === held && held?.isConnected && !held.matches(':disabled')) held = null;
      });
    };
    const observer = new MutationObserver((records) => {
      if (!held || held.isConnected || document.activeElement !== document.body) return;
      const lost = held;
      const record = records.find(({ removedNodes }) => [...removedNodes].some((it) => it.contains(lost)));
      held = null;
      if (record) findHome(record)?.focus({ preventScroll: true });
    });
    content.addEventListener('focusin', take);
    content.addEventListener('focusout', release);
    observer.observe(content, { childList: true, subtree: true });
    return () => {
      content.removeEventListener('focusin', take);
      content.removeEventListener('focusout', release);
      observer.disconnect();
    };
  }, [isOn]);
}

function findHome({ target, nextSibling, previousSibling }: MutationRecord): HTMLElement | null {
  // On the way to another screen everything goes: that screen takes the focus itself.
  if (!(target instanceof HTMLElement) || !target.isConnected || !target.closest(homes)) return null;
  const neighbour = [nextSibling, previousSibling].find((it) => it instanceof HTMLLIElement);
  const home =
    neighbour ??
    target.closest('li') ??
    target.closest('section')?.querySelector('h2') ??
    target.closest('.page')?.querySelector('h1');
  if (!(home instanceof HTMLElement)) return null;
  if (!home.hasAttribute('tabindex')) home.tabIndex = -1;
  return home;
}
