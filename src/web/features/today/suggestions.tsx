import { Button } from '@mantine/core';
import { Link, useRouter } from '@tanstack/react-router';
import { type MouseEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Suggestion } from '#contract/today.ts';
import { useMay, useWorkspace } from '../../lib/workspace.tsx';
import { IconCheck } from '../../ui/icons.ts';
import { useSuggestionActs } from './use-suggestion-acts.ts';
import { useSuggestionWords } from './use-suggestion-words.ts';

interface SuggestionsProps {
  suggestions: Suggestion[];
  /** What one could write about next. */
  ideas: string[];
  more: number;
}

/** What is worth doing now, each with its reason; the first is the one to begin with. */
export function Suggestions({ suggestions, ideas, more }: SuggestionsProps) {
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
            <SuggestionCard key={it.id} suggestion={it} ideas={ideas} isFirst={index === 0} />
          ))}
        </ol>
      )}
      {more > 0 ? <p className="today-soft">{t('moreAfter', { count: more })}</p> : null}
    </section>
  );
}

interface SuggestionCardProps {
  suggestion: Suggestion;
  ideas: string[];
  isFirst: boolean;
}

function SuggestionCard({ suggestion, ideas, isFirst }: SuggestionCardProps) {
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
        {suggestion.kind === 'goal-unserved' && suggestion.reason !== 'draft' ? (
          <IdeaLinks goalId={suggestion.goalId} ideas={ideas} />
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

/** What one could write about for a goal: each opens a new post for it. */
function IdeaLinks({ goalId, ideas }: { goalId: string | null; ideas: string[] }) {
  const { t } = useTranslation('today');
  const { id: workspaceId } = useWorkspace();
  const mayWrite = useMay('posts.create');
  if (goalId === null || ideas.length === 0 || !mayWrite) return null;
  return (
    <>
      <p className="today-soft">{t('next.ideas')}</p>
      <ul className="suggestion-ideas">
        {ideas.map((idea) => (
          <li key={idea}>
            <Link
              to="/w/$workspaceId/posts/$postId"
              params={{ workspaceId, postId: 'new' }}
              search={{ goal: goalId, idea }}
              className="quiet-link"
              dir="auto"
            >
              {idea}
            </Link>
          </li>
        ))}
      </ul>
    </>
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
