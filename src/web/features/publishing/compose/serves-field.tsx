import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Serves } from '#contract/posts.ts';
import { api } from '../../../lib/api.ts';
import { goalTones } from '../../../lib/goal-tones.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { useWorkspace } from '../../../lib/workspace.tsx';
import { Figure } from '../../../ui/figure.tsx';
import { Notice, Word } from '../../../ui/notice.tsx';
import { SearchChoice } from '../../../ui/search-choice.tsx';
import { keepRecent, orderChoices, readRecent, readServes, writeServes } from './serves-choices.ts';

interface ServesFieldProps {
  serves: Serves;
  isLocked: boolean;
  onChange: (serves: Serves) => void;
}

/** What the post serves, found by typing: what was chosen last first, and that it serves no goal on purpose. */
export function ServesField({ serves, isLocked, onChange }: ServesFieldProps) {
  const { t } = useTranslation();
  const { id: workspaceId } = useWorkspace();
  const { goals, initiatives } = useServable(serves);
  const [recent] = useState(() => readRecent(workspaceId));
  if (!goals || !initiatives) return null;
  const choices = orderChoices(
    [
      ...goals.map((it) => ({ value: `goal ${it.id}`, label: it.title, kind: 'goal' as const })),
      ...initiatives.map((it) => ({ value: `initiative ${it.id}`, label: it.title, kind: 'initiative' as const })),
      { value: 'none', label: t('serves.none'), kind: 'none' as const },
      { value: 'undecided', label: t('serves.undecided'), kind: 'undecided' as const },
    ],
    recent,
  );
  const hintOf = (value: string) => {
    const choice = choices.find((it) => it.value === value);
    const kind = choice?.kind === 'goal' || choice?.kind === 'initiative' ? t(`composing.kind.${choice.kind}`) : '';
    return [kind, choice?.isRecent ? t('composing.recent') : ''].filter(Boolean).join(' · ');
  };
  return (
    <div className="serves-field">
      <SearchChoice
        label={t('compose.serves')}
        value={writeServes(serves)}
        choices={choices}
        hintOf={hintOf}
        isLocked={isLocked}
        onChange={(value) => {
          keepRecent(workspaceId, value);
          onChange(readServes(value));
        }}
      />
      {serves.kind === 'undecided' ? (
        <Notice tone="quiet">{goals.length > 0 ? t('compose.servesNothing') : t('compose.noGoals')}</Notice>
      ) : null}
    </div>
  );
}

/** What the post is for, with how that goal stands; always in sight while one writes. */
export function ServesLine({ serves }: { serves: Serves }) {
  const { t } = useTranslation();
  const { id: workspaceId } = useWorkspace();
  const format = useFormat();
  const { goals, initiatives } = useServable(serves);
  const initiative =
    serves.kind === 'initiative' ? initiatives?.find((it) => it.id === serves.initiativeId) : undefined;
  const goalId = serves.kind === 'goal' ? serves.goalId : initiative?.goalId;
  const { data } = useQuery({
    ...api.analytics.progress.queryOptions({ input: { workspaceId, goalId: goalId ?? '' } }),
    enabled: goalId !== undefined,
  });
  if (serves.kind === 'none' || serves.kind === 'undecided')
    return (
      <p className="serves-line">
        <span>{t('compose.serves')}</span>
        <Word tone={serves.kind === 'none' ? 'quiet' : 'warn'}>{t(`serves.${serves.kind}`)}</Word>
      </p>
    );
  const isCounted = data !== undefined && data.value !== null;
  const title = initiative?.title ?? goals?.find((it) => it.id === goalId)?.title;
  if (title === undefined) return null;
  return (
    <p className="serves-line">
      <span>{t('compose.serves')}</span>{' '}
      {goalId === undefined ? (
        <b dir="auto">{title}</b>
      ) : (
        <Link to="/w/$workspaceId/goals/$goalId" params={{ workspaceId, goalId }} className="quiet-link" dir="auto">
          {title}
        </Link>
      )}
      {data ? (
        <>
          <Figure of={{ kind: 'goal', goalId: data.goalId, on: null }} about={title}>
            {data.value === null
              ? t(data.target === null ? 'figures.none' : 'compose.notCounted', {
                  target: data.target === null ? '' : format.number(data.target),
                })
              : format.number(data.value)}
            {data.target === null || !isCounted ? null : ` ${t('figures.of', { target: format.number(data.target) })}`}
          </Figure>
          {isCounted ? <Word tone={goalTones[data.status]}>{t(`goalStatus.${data.status}`)}</Word> : null}
        </>
      ) : null}
    </p>
  );
}

/** Goals and initiatives that a post can serve; a goal in the archive is among them when this post serves it. */
function useServable(serves: Serves) {
  const { id: workspaceId } = useWorkspace();
  const goals = useQuery(api.goals.list.queryOptions({ input: { workspaceId, limit: 200 } })).data?.items;
  const initiatives = useQuery(api.initiatives.list.queryOptions({ input: { workspaceId, limit: 200 } })).data?.items;
  const isElsewhere = serves.kind === 'goal' && goals !== undefined && !goals.some((it) => it.id === serves.goalId);
  const archived = useQuery({
    ...api.goals.list.queryOptions({ input: { workspaceId, limit: 200, archived: 'true' } }),
    enabled: isElsewhere,
  }).data?.items;
  const served = archived?.filter((it) => serves.kind === 'goal' && it.id === serves.goalId) ?? [];
  return {
    goals: goals && [...goals.filter((it) => it.archivedAt === null), ...served],
    initiatives: initiatives?.filter((it) => it.archivedAt === null),
  };
}
