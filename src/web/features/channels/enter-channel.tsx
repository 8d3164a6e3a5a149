import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../lib/api.ts';
import { manifests, otherNetworks } from '../../lib/networks.ts';
import { readProblems } from '../../lib/read-problems.ts';
import { useWorkspace } from '../../lib/workspace.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { SelectField, TextField } from '../../ui/fields.tsx';
import { Form } from '../../ui/form.tsx';

const networks = Object.entries({
  ...otherNetworks,
  ...Object.fromEntries(manifests.filter((it) => it.connect.kind !== 'own').map((it) => [it.id, it.name])),
}).sort(([, a], [, b]) => a.localeCompare(b));

/** Entering an account that exists and is not connected. */
export function EnterChannel({ onEntered }: { onEntered: (channelId: string) => void }) {
  const { t } = useTranslation();
  const { id: workspaceId, personId } = useWorkspace();
  const queries = useQueryClient();
  const [network, setNetwork] = useState('instagram');
  const [name, setName] = useState('');
  const [handle, setHandle] = useState('');
  const [purpose, setPurpose] = useState('');
  const entering = useMutation(
    api.channels.create.mutationOptions({
      onSuccess: async (channel) => {
        await queries.invalidateQueries({ queryKey: api.channels.key() });
        onEntered(channel.id);
      },
    }),
  );
  const problems = readProblems(entering.error);
  const submit = () => {
    entering.mutate({
      workspaceId,
      network,
      name: name.trim(),
      handle: handle.trim(),
      purpose: purpose.trim(),
      ownerId: personId,
    });
  };
  return (
    <Form className="form" onSubmit={submit}>
      <SelectField
        label={t('channels.form.network')}
        error={problems['network']}
        value={network}
        onChange={(event) => setNetwork(event.currentTarget.value)}
        data={networks.map(([value, label]) => ({ value, label }))}
      />
      <TextField
        label={t('channels.form.name')}
        required
        maxLength={100}
        error={problems['name']}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <TextField
        label={t('channels.form.handle')}
        maxLength={200}
        error={problems['handle']}
        value={handle}
        onChange={(event) => setHandle(event.currentTarget.value)}
      />
      <TextField
        label={t('channels.form.purpose')}
        description={t('channels.form.purposeHint')}
        maxLength={1000}
        error={problems['purpose']}
        value={purpose}
        onChange={(event) => setPurpose(event.currentTarget.value)}
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
