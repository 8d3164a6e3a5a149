import { pillars } from 'virtual:contract';
import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Serves } from '#contract/posts.ts';
import { api } from '../../../lib/api.ts';
import { useContentLanguages } from '../../../lib/content-languages.ts';
import { useWorkspace } from '../../../lib/workspace.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { SearchChoice } from '../../../ui/search-choice.tsx';
import type { PostDraft } from '../draft/post-draft.ts';

interface WhyFieldsProps {
  draft: PostDraft;
  isLocked: boolean;
  change: (part: Partial<PostDraft>) => void;
}

/** Why there is a post at all: the goal or initiative it serves, or none on purpose; and its kind and language. */
export function WhyFields({ draft, isLocked, change }: WhyFieldsProps) {
  const { t } = useTranslation();
  const { id: workspaceId } = useWorkspace();
  const goals = useQuery(api.goals.list.queryOptions({ input: { workspaceId, limit: 200 } }));
  const initiatives = useQuery(api.initiatives.list.queryOptions({ input: { workspaceId, limit: 200 } }));
  const { serves } = draft;
  const isElsewhere = serves.kind === 'goal' && goals.data && !goals.data.items.some((it) => it.id === serves.goalId);
  const archived = useQuery({
    ...api.goals.list.queryOptions({ input: { workspaceId, limit: 200, archived: 'true' } }),
    enabled: isElsewhere === true,
  });
  // A goal in the archive is still what the post serves.
  const served = archived.data?.items.find((it) => serves.kind === 'goal' && it.id === serves.goalId);
  const openGoals = goals.data?.items.filter((it) => it.archivedAt === null) ?? [];
  const openInitiatives = initiatives.data?.items.filter((it) => it.archivedAt === null) ?? [];
  return (
    <div className="form">
      <NativeSelect
        label={t('compose.serves')}
        disabled={isLocked}
        value={writeServes(draft.serves)}
        onChange={(event) => change({ serves: readServes(event.currentTarget.value) })}
      >
        <option value="undecided">{t('serves.undecided')}</option>
        {openGoals.length > 0 ? (
          <optgroup label={t('rooms.goals')}>
            {openGoals.map((it) => (
              <option key={it.id} value={`goal ${it.id}`}>
                {it.title}
              </option>
            ))}
          </optgroup>
        ) : null}
        {openInitiatives.length > 0 ? (
          <optgroup label={t('initiatives.title')}>
            {openInitiatives.map((it) => (
              <option key={it.id} value={`initiative ${it.id}`}>
                {it.title}
              </option>
            ))}
          </optgroup>
        ) : null}
        {served ? <option value={`goal ${served.id}`}>{served.title}</option> : null}
        <option value="none">{t('serves.none')}</option>
      </NativeSelect>
      {draft.serves.kind === 'undecided' && goals.data ? (
        <Notice tone="quiet">{openGoals.length > 0 ? t('compose.servesNothing') : t('compose.noGoals')}</Notice>
      ) : null}
      <div className="form-pair">
        <NativeSelect
          label={t('compose.pillar')}
          disabled={isLocked}
          value={draft.pillar ?? ''}
          onChange={(event) => change({ pillar: pillars.find((it) => it === event.currentTarget.value) ?? null })}
        >
          <option value="">{t('compose.noPillar')}</option>
          {pillars.map((it) => (
            <option key={it} value={it}>
              {t(`pillars.${it}`)}
            </option>
          ))}
        </NativeSelect>
        <LanguageField language={draft.language} isLocked={isLocked} onChange={(language) => change({ language })} />
      </div>
    </div>
  );
}

function LanguageField(props: { language: string; isLocked: boolean; onChange: (language: string) => void }) {
  const { t } = useTranslation();
  const { language, isLocked, onChange } = props;
  const choices = useContentLanguages([language]);
  return (
    <SearchChoice
      label={t('compose.language')}
      value={language}
      choices={choices}
      isLocked={isLocked}
      onChange={onChange}
    />
  );
}

function writeServes(serves: Serves): string {
  if (serves.kind === 'goal') return `goal ${serves.goalId}`;
  if (serves.kind === 'initiative') return `initiative ${serves.initiativeId}`;
  return serves.kind;
}

function readServes(text: string): Serves {
  const [kind, id] = text.split(' ');
  if (kind === 'goal') return { kind, goalId: id } as Serves;
  if (kind === 'initiative') return { kind, initiativeId: id } as Serves;
  return { kind: kind === 'none' ? 'none' : 'undecided' };
}
