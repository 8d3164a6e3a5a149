import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../lib/api.ts';
import { manifests, otherNetworks, useNetworkName } from '../../lib/networks.ts';
import { readProblems } from '../../lib/read-problems.ts';
import { useKept } from '../../lib/use-kept.ts';
import { useWorkspace } from '../../lib/workspace.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { SelectField, TextField } from '../../ui/fields.tsx';
import { Form } from '../../ui/form.tsx';

const networks = [
  ...Object.keys(otherNetworks),
  ...manifests.filter((it) => it.connect.kind !== 'own').map((it) => it.id),
];

const empty = { network: 'instagram', name: '', handle: '', purpose: '' };

/** Entering an account that exists and is not connected. */
export function EnterChannel({ onEntered }: { onEntered: (channelId: string) => void }) {
  const { t, i18n } = useTranslation();
  const networkName = useNetworkName();
  const { id: workspaceId, personId } = useWorkspace();
  const queries = useQueryClient();
  const [draft, setDraft, forget] = useKept(`${workspaceId}.account`, empty);
  const change = (part: Partial<typeof empty>) => setDraft((it) => ({ ...it, ...part }));
  const entering = useMutation(
    api.channels.create.mutationOptions({
      onSuccess: async (channel) => {
        forget();
        await queries.invalidateQueries({ queryKey: api.channels.key() });
        onEntered(channel.id);
      },
    }),
  );
  const problems = readProblems(entering.error);
  const submit = () => {
    entering.mutate({
      workspaceId,
      network: draft.network,
      name: draft.name.trim(),
      handle: draft.handle.trim(),
      purpose: draft.purpose.trim(),
      ownerId: personId,
    });
  };
  return (
    <Form className="form" onSubmit={submit}>
      <SelectField
        label={t('channels.form.network')}
        error={problems['network']}
        value={draft.network}
        onChange={(event) => change({ network: event.currentTarget.value })}
        data={networks
          .map((value) => ({ value, label: networkName(value) }))
          .sort((a, b) => a.label.localeCompare(b.label, i18n.language))}
      />
      <TextField
        label={t('channels.form.name')}
        required
        maxLength={100}
        error={problems['name']}
        value={draft.name}
        onChange={(event) => change({ name: event.currentTarget.value })}
      />
      <TextField
        label={t('channels.form.handle')}
        maxLength={200}
        error={problems['handle']}
        value={draft.handle}
        onChange={(event) => change({ handle: event.currentTarget.value })}
      />
      <TextField
        label={t('channels.form.purpose')}
        description={t('channels.form.purposeHint')}
        maxLength={1000}
        error={problems['purpose']}
        value={draft.purpose}
        onChange={(event) => change({ purpose: event.currentTarget.value })}
      />
      {entering.error ? <FailureNotice error={entering.error} /> : null}
      <div>
        <Button type="submit" loading={entering.isPending}>
          {t('channels.enter.submit')}
        </Button>
      </div>
    </Form>
  );
}
