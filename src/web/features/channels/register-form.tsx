import { channelStates } from 'virtual:contract';
import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Channel } from '#contract/channels.ts';
import { api } from '../../lib/api.ts';
import { completeAddress } from '../../lib/complete-address.ts';
import { useContentLanguages } from '../../lib/content-languages.ts';
import { findManifest } from '../../lib/networks.ts';
import { readProblems } from '../../lib/read-problems.ts';
import { useMembers } from '../../lib/use-everyone.ts';
import { useKept } from '../../lib/use-kept.ts';
import { useMay, useWorkspace } from '../../lib/workspace.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { SelectField, TextField, TextsField } from '../../ui/fields.tsx';
import { Form } from '../../ui/form.tsx';
import { SearchChoice } from '../../ui/search-choice.tsx';
import { showToast } from '../../ui/toasts.tsx';

/** What the register says of a channel: what it is for, whose it is, how often it speaks. */
export function RegisterForm({ channel }: { channel: Channel }) {
  const { t } = useTranslation();
  const { id: workspaceId } = useWorkspace();
  const queries = useQueryClient();
  const members = useMembers();
  const mayChange = useMay('channels.update');
  const begin = useMemo(() => openDraft(channel), [channel]);
  const [draft, setDraft, forget] = useKept(`${workspaceId}.register.${channel.id}.${channel.revision}`, begin);
  const languages = useContentLanguages(draft.language ? [draft.language] : []);
  const change = (part: Partial<typeof draft>) => setDraft((it) => ({ ...it, ...part }));
  const saving = useMutation(
    api.channels.update.mutationOptions({
      onSuccess: async () => {
        forget();
        await queries.invalidateQueries({ queryKey: api.channels.key() });
        showToast({ text: t('app.saved') });
      },
    }),
  );
  const problems = readProblems(saving.error);
  const usual = findManifest(channel.network)?.cadence.perWeek;
  const submit = () => {
    saving.mutate({
      workspaceId,
      channelId: channel.id,
      revision: channel.revision,
      name: draft.name.trim(),
      purpose: draft.purpose.trim(),
      ownerId: draft.ownerId || null,
      cadencePerWeek: draft.cadence.trim() === '' ? null : Number(draft.cadence),
      language: draft.language || null,
      state: draft.state,
      ...(draft.address.trim() === (channel.address ?? '') ? {} : { address: draft.address.trim() || null }),
    });
  };
  return (
    <Form onSubmit={submit}>
      <fieldset className="form form-plain" disabled={!mayChange}>
        <TextsField
          label={t('channels.form.purpose')}
          description={t('channels.form.purposeHint')}
          rows={2}
          maxLength={1000}
          error={problems['purpose']}
          value={draft.purpose}
          onChange={(event) => change({ purpose: event.currentTarget.value })}
        />
        <div className="form-pair">
          <SelectField
            label={t('channels.form.owner')}
            error={problems['ownerId']}
            value={draft.ownerId}
            onChange={(event) => change({ ownerId: event.currentTarget.value })}
          >
            <option value="">{t('goals.form.noOwner')}</option>
            {members.map((it) => (
              <option key={it.personId} value={it.personId}>
                {it.name}
              </option>
            ))}
          </SelectField>
          <TextField
            label={t('channels.form.cadence')}
            description={usual === undefined ? undefined : t('channels.form.cadenceHint', { count: usual })}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            type="number"
            min={0}
            max={500}
            step="any"
            error={problems['cadencePerWeek']}
            value={draft.cadence}
            onChange={(event) => change({ cadence: event.currentTarget.value })}
          />
        </div>
        <div className="form-pair">
          <TextField
            label={t('channels.form.name')}
            required
            maxLength={100}
            error={problems['name']}
            value={draft.name}
            onChange={(event) => change({ name: event.currentTarget.value })}
          />
          <SelectField
            label={t('channels.form.state')}
            value={draft.state}
            onChange={(event) => {
              const state = channelStates.find((it) => it === event.currentTarget.value);
              if (state) change({ state });
            }}
          >
            {channelStates.map((it) => (
              <option key={it} value={it}>
                {t(`channelState.${it}`)}
              </option>
            ))}
          </SelectField>
        </div>
        <div className="form-pair">
          <TextField
            label={t('channels.form.address')}
            inputMode="url"
            maxLength={500}
            error={problems['address']}
            value={draft.address}
            onChange={(event) => change({ address: event.currentTarget.value })}
            onBlur={() => change({ address: completeAddress(draft.address) })}
          />
          <SearchChoice
            label={t('channels.form.language')}
            placeholder={t('channels.form.noLanguage')}
            error={problems['language']}
            value={draft.language}
            choices={[{ value: '', label: t('channels.form.noLanguage') }, ...languages]}
            isLocked={!mayChange}
            onChange={(language) => change({ language })}
          />
        </div>
        {saving.error ? <FailureNotice error={saving.error} /> : null}
        {mayChange ? (
          <div>
            <Button type="submit" variant="default" loading={saving.isPending}>
              {t('app.save')}
            </Button>
          </div>
        ) : null}
      </fieldset>
    </Form>
  );
}

const openDraft = (channel: Channel) => ({
  name: channel.name,
  purpose: channel.purpose,
  ownerId: channel.ownerId ?? '',
  cadence: channel.cadencePerWeek === null ? '' : String(channel.cadencePerWeek),
  language: channel.language ?? '',
  state: channel.state,
  address: channel.address ?? '',
});
