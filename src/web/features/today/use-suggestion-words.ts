import { useTranslation } from 'react-i18next';
import type { Suggestion } from '#contract/today.ts';
import { useFormat } from '../../lib/use-format.ts';

/** A suggestion in the reader's words. */
export interface SuggestionWords {
  /** Why. */
  title: string;
  /** What is safe and what to do. */
  text: string;
  /** The post it is about, as it begins; or what a goal needs. */
  quote: string | null;
  act: string;
}

/** Says a suggestion: its reason first. */
export function useSuggestionWords(suggestion: Suggestion): SuggestionWords {
  const { t: web } = useTranslation('first');
  const { t } = useTranslation('today');
  const format = useFormat();
  const { kind, act, names, count, at, figures, reason } = suggestion;
  const params = {
    channel: names.channel ?? '',
    goal: names.goal ?? '',
    count,
    time: at === null ? '' : format.dateTime(at),
    from: figures ? format.number(figures.from) : '',
    to: figures ? format.number(figures.to) : '',
  };
  return {
    title: t(reason === 'lately' ? 'next.title' : `kinds.${kind}.title`, params),
    text: explain() ?? t(`kinds.${kind}.text.${variantOf(suggestion)}`, params),
    quote: names.post || names.need || null,
    act: kind === 'goal-unserved' && reason === 'draft' ? t('kinds.draft-due.act.open') : t(`kinds.${kind}.act.${act}`),
  };

  /** Why a delivery is held or failed is said as it is on every screen. */
  function explain(): string | null {
    if (reason === null) return null;
    if (kind === 'delivery-failed') return web(`faults.${reason}`, { defaultValue: web('faults.unknown') });
    if (kind === 'delivery-held') return web(`held.${reason}`);
    return null;
  }
}

/** Which of a kind's sentences fits. */
function variantOf({ kind, reason, at, count }: Suggestion): string {
  switch (kind) {
    case 'channel-reconnect':
      return at === null ? 'plain' : 'due';
    case 'goal-needs':
      return count > 1 ? 'more' : 'plain';
    case 'draft-due':
    case 'goal-unserved':
    case 'interview':
    case 'channel-quiet':
    case 'figures-unseen':
      return reason ?? 'plain';
    default:
      return 'plain';
  }
}
