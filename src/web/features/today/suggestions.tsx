import { Button } from '@mantine/core';
import { useRouter } from '@tanstack/react-router';
import { type MouseEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Suggestion } from '#contract/today.ts';
import { IconCheck } from '../../ui/icons.ts';
import { useSuggestionActs } from './use-suggestion-acts.ts';
import { useSuggestionWords } from './use-suggestion-words.ts';

/** What is worth doing now, each with its reason; the first is the one to begin with. */
export function Suggestions({ suggestions, more }: { suggestions: Suggestion[]; more: number }) {
  const { t } = useTranslation('today');
  return (
    <section className="today-part" aria-labelledby="today-worth">
      <h2 id="today-worth">{t('worth')}</h2>
      {suggestions.length === 0 ? (
        <p className="today-quiet">
          <IconCheck size={22} />
          <span>{t('nothing')}</span>
        </p>
      ) : (
        <ol className="suggestions">
          {suggestions.map((it, index) => (
            <SuggestionCard key={it.id} suggestion={it} isFirst={index === 0} />
          ))}
        </ol>
      )}
      {more > 0 ? <p className="today-soft">{t('moreAfter', { count: more })}</p> : null}
    </section>
  );
}

function SuggestionCard({ suggestion, isFirst }: { suggestion: Suggestion; isFirst: boolean }) {
  const { t } = useTranslation('today');
  const words = useSuggestionWords(suggestion);
  const { act, setAside } = useSuggestionActs(suggestion);
  const [isBusy, setBusy] = useState(false);
  const run = (work: () => Promise<unknown>) => {
    setBusy(true);
    void work().finally(() => setBusy(false));
  };
  const variant = isFirst ? 'filled' : 'default';
  return (
    <li className={isFirst ? 'suggestion suggestion-first' : 'suggestion'}>
      <div className="suggestion-words">
        <h3 dir="auto">{words.title}</h3>
        <p>{words.text}</p>
        {words.quote ? (
          <blockquote dir="auto" className="suggestion-quote">
            {words.quote}
          </blockquote>
        ) : null}
      </div>
      <div className="suggestion-acts">
        {act ? (
          <>
            <Button variant={variant} disabled={isBusy} onClick={() => run(act)}>
              {words.act}
            </Button>
            <PathButton path={suggestion.path} variant="default" label={`${t('look')}: ${words.title}`}>
              {t('look')}
            </PathButton>
          </>
        ) : (
          <PathButton path={suggestion.path} variant={variant} label={`${words.act}: ${words.title}`}>
            {words.act}
          </PathButton>
        )}
        <Button
          variant="subtle"
          disabled={isBusy}
          aria-label={`${t('notNow')}: ${words.title}`}
          onClick={() => run(setAside)}
        >
          {t('notNow')}
        </Button>
      </div>
    </li>
  );
}

interface PathButtonProps {
  path: string;
  variant: 'filled' | 'default';
  label: string;
  children: string;
}

/** Goes to an address that the server named. */
function PathButton({ path, variant, label, children }: PathButtonProps) {
  const router = useRouter();
  const go = (event: MouseEvent) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    router.history.push(path);
  };
  return (
    <Button component="a" href={path} variant={variant} aria-label={label} onClick={go}>
      {children}
    </Button>
  );
}
