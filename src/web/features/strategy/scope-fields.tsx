import { Checkbox, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNetworkName } from '../../lib/networks.ts';
import { useChannels } from '../../lib/use-everyone.ts';
import { TextField } from '../../ui/fields.tsx';
import { Notice } from '../../ui/notice.tsx';
import type { GoalDraft } from './goal-draft.ts';
import { ScopeLanguages } from './scope-languages.tsx';

interface ScopeFieldsProps {
  draft: GoalDraft;
  /** Is the metric added up over posts? Else it is a channel's, and which posts count means nothing. */
  isByPost: boolean;
  change: (part: Partial<GoalDraft>) => void;
}

/** Where the goal's metric is counted. What is left open does not narrow. */
export function ScopeFields({ draft, isByPost, change }: ScopeFieldsProps) {
  const { t } = useTranslation();
  const channels = useChannels() ?? [];
  const networkName = useNetworkName();
  const toggle = (id: string, on: boolean) =>
    change({
      scopeChannelIds: on ? [...draft.scopeChannelIds, id] : draft.scopeChannelIds.filter((it) => it !== id),
    });
  return (
    <fieldset className="form-rows">
      <legend>{t('goals.scope.title')}</legend>
      {isByPost ? (
        <NativeSelect
          label={t('goals.scope.posts')}
          value={draft.scopePosts}
          onChange={(event) => change({ scopePosts: event.currentTarget.value === 'all' ? 'all' : 'serving' })}
        >
          <option value="serving">{t('goals.scope.serving')}</option>
          <option value="all">{t('goals.scope.all')}</option>
        </NativeSelect>
      ) : null}
      {channels.length > 0 ? (
        <fieldset className="form-choices">
          <legend>{t('goals.scope.channels')}</legend>
          <p className="form-hint">{t('goals.scope.channelsHint')}</p>
          {channels.map((it) => (
            <Checkbox
              key={it.id}
              label={it.name === networkName(it.network) ? it.name : `${it.name} · ${networkName(it.network)}`}
              checked={draft.scopeChannelIds.includes(it.id)}
              onChange={(event) => toggle(it.id, event.currentTarget.checked)}
            />
          ))}
        </fieldset>
      ) : null}
      {isByPost || draft.scopeLanguages.length > 0 ? (
        <ScopeLanguages chosen={draft.scopeLanguages} onChange={(scopeLanguages) => change({ scopeLanguages })} />
      ) : null}
      {isByPost || draft.scopeLanguages.length === 0 ? null : (
        <Notice tone="warn">{t('goals.scope.languagesNotYet')}</Notice>
      )}
      <KeptNotes draft={draft} change={change} />
    </fieldset>
  );
}

/** The fields of the draft that name a campaign, a place and a group of people. */
const notes = { campaign: 'scopeCampaign', place: 'scopePlace', segment: 'scopeSegment' } as const;

/**
 * What no figure can be narrowed to yet is not asked for. A goal that names it already keeps it, says what that means,
 * and can let go of it.
 */
function KeptNotes({ draft, change }: Pick<ScopeFieldsProps, 'draft' | 'change'>) {
  const { t } = useTranslation();
  // Those named when the form was opened stay, so that an emptied field does not vanish under the fingers.
  const [kept] = useState(() => (['campaign', 'place', 'segment'] as const).filter((it) => draft[notes[it]] !== ''));
  if (kept.length === 0) return null;
  return (
    <>
      <Notice tone="warn">{t('goals.scope.laterHint')}</Notice>
      <div className="form-pair">
        {kept.map((it) => (
          <TextField
            key={it}
            label={t(`goals.scope.${it}`)}
            value={draft[notes[it]]}
            onChange={(event) => change({ [notes[it]]: event.currentTarget.value })}
          />
        ))}
      </div>
    </>
  );
}
