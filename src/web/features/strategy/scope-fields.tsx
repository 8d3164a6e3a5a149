import { Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useChannels } from '../../lib/use-everyone.ts';
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
              label={it.name}
              checked={draft.scopeChannelIds.includes(it.id)}
              onChange={(event) => toggle(it.id, event.currentTarget.checked)}
            />
          ))}
        </fieldset>
      ) : null}
      <ScopeLanguages chosen={draft.scopeLanguages} onChange={(scopeLanguages) => change({ scopeLanguages })} />
      <div className="form-pair">
        <TextInput
          label={t('goals.scope.campaign')}
          description={t('goals.scope.laterHint')}
          value={draft.scopeCampaign}
          onChange={(event) => change({ scopeCampaign: event.currentTarget.value })}
        />
        <TextInput
          label={t('goals.scope.place')}
          description={t('goals.scope.laterHint')}
          value={draft.scopePlace}
          onChange={(event) => change({ scopePlace: event.currentTarget.value })}
        />
        <TextInput
          label={t('goals.scope.segment')}
          description={t('goals.scope.laterHint')}
          value={draft.scopeSegment}
          onChange={(event) => change({ scopeSegment: event.currentTarget.value })}
        />
      </div>
    </fieldset>
  );
}
