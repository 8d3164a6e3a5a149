import { pillars } from 'virtual:contract';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Post } from '#contract/posts.ts';

interface PillarChipsProps {
  pillar: Post['pillar'];
  isLocked: boolean;
  onChange: (pillar: Post['pillar']) => void;
}

/** The six kinds of content with what each is for. A number key takes one; pressed again, it is not chosen any more. */
export function PillarChips({ pillar, isLocked, onChange }: PillarChipsProps) {
  const { t } = useTranslation();
  const take = (event: KeyboardEvent<HTMLFieldSetElement>) => {
    const wanted = pillars[Number(event.key) - 1];
    if (!wanted || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    onChange(wanted);
    event.currentTarget.querySelectorAll<HTMLElement>('button')[Number(event.key) - 1]?.focus();
  };
  return (
    <fieldset className="pillar-chips" disabled={isLocked} onKeyDown={take}>
      <legend>{t('compose.pillar')}</legend>
      {pillars.map((it, at) => (
        <button
          key={it}
          type="button"
          aria-pressed={it === pillar}
          aria-keyshortcuts={String(at + 1)}
          onClick={() => onChange(it === pillar ? null : it)}
        >
          <span>
            <b>{t(`pillars.${it}`)}</b>
            <i aria-hidden="true">{at + 1}</i>
          </span>
          <small>{t(`composing.pillarFor.${it}`)}</small>
        </button>
      ))}
    </fieldset>
  );
}
