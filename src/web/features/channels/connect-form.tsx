import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Manifest } from '#connectors/kit/manifest.ts';
import type { Channel } from '#contract/channels.ts';
import { api, client } from '../../lib/api.ts';
import { useNetworkName } from '../../lib/networks.ts';
import { useWorkspace } from '../../lib/workspace.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Form } from '../../ui/form.tsx';
import { NetworkFields } from './network-fields.tsx';

interface ConnectFormProps {
  manifest: Manifest;
  /** Called once, before the first try, for the channel to connect; a second try uses the same one. */
  getChannel: (values: Record<string, string>) => Promise<Pick<Channel, 'id'>>;
  onConnected: (channel: Channel) => void;
}

/** A network's own form fields. What is typed goes to the server alone and is not kept here. */
export function ConnectForm({ manifest, getChannel, onConnected }: ConnectFormProps) {
  const { id: networkId, connect } = manifest;
  const { t } = useTranslation();
  const networkName = useNetworkName();
  const { t: say } = useTranslation(`network-${networkId}`);
  const { id: workspaceId } = useWorkspace();
  const queries = useQueryClient();
  const fields = connect.kind === 'form' ? connect.fields : [];
  const [values, setValues] = useState(() => Object.fromEntries(fields.map((it) => [it.name, it.initial ?? ''])));
  const [channelId, setChannelId] = useState<string | null>(null);
  const connecting = useMutation({
    mutationFn: async () => {
      const id = channelId ?? (await getChannel(values)).id;
      setChannelId(id);
      return client.channels.connect({ workspaceId, channelId: id, values });
    },
    onSuccess: onConnected,
    onSettled: () => queries.invalidateQueries({ queryKey: api.channels.key() }),
  });
  const submit = () => connecting.mutate();
  return (
    <Form className="form" onSubmit={submit}>
      <p className="form-hint">{say('connect.intro')}</p>
      <NetworkFields
        networkId={networkId}
        fields={fields}
        values={values}
        error={connecting.error}
        onChange={setValues}
      />
      {connecting.error ? <FailureNotice error={connecting.error} /> : null}
      <div>
        <Button type="submit" loading={connecting.isPending}>
          {t('channels.connect', { network: networkName(manifest.id) })}
        </Button>
      </div>
    </Form>
  );
}
