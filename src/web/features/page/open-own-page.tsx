import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../lib/api.ts';
import { readProblems } from '../../lib/read-problems.ts';
import { useWorkspace } from '../../lib/workspace.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { TextField } from '../../ui/fields.tsx';
import { Form } from '../../ui/form.tsx';
import { Page } from '../../ui/page.tsx';
import { ReachNotice } from '../../ui/reach-notice.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { proposeAddress } from './propose-address.ts';

/** Opening the own page: a title and an address are enough. */
export function OpenOwnPage({ onOpened }: { onOpened: (channelId: string) => void }) {
  const { t } = useTranslation();
  const { id: workspaceId, name } = useWorkspace();
  const queries = useQueryClient();
  const [title, setTitle] = useState(name);
  const [address, setAddress] = useState(() => proposeAddress(name));
  const opening = useMutation(
    api.page.open.mutationOptions({
      onSuccess: async (page) => {
        await Promise.all([
          queries.invalidateQueries({ queryKey: api.channels.key() }),
          queries.invalidateQueries({ queryKey: api.page.key() }),
        ]);
        onOpened(page.channelId);
      },
    }),
  );
  const problems = readProblems(opening.error);
  const submit = () => {
    opening.mutate({ workspaceId, title: title.trim(), address });
  };
  return (
    <Page
      title={t('ownPage.open')}
      lead={t('ownPage.lead')}
      width="reading"
      back={{ to: `/w/${workspaceId}/channels/new`, label: t('channels.add') }}
    >
      <Sheet>
        <Form className="form" onSubmit={submit}>
          <TextField
            label={t('ownPage.form.title')}
            required
            maxLength={100}
            error={problems['title']}
            value={title}
            onChange={(event) => setTitle(event.currentTarget.value)}
          />
          <TextField
            label={t('ownPage.form.address')}
            description={`${window.location.origin}/p/${address || '…'}`}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            required
            minLength={3}
            maxLength={40}
            pattern="[a-z0-9][a-z0-9\-]{1,38}[a-z0-9]"
            title={t('ownPage.form.addressRule')}
            spellCheck={false}
            error={problems['address']}
            value={address}
            onChange={(event) => setAddress(event.currentTarget.value.toLowerCase())}
          />
          <p className="form-hint">{t('ownPage.form.addressRule')}</p>
          <ReachNotice address={window.location.origin} />
          {opening.error ? <FailureNotice error={opening.error} /> : null}
          <div>
            <Button type="submit" loading={opening.isPending}>
              {t('ownPage.open')}
            </Button>
          </div>
        </Form>
      </Sheet>
    </Page>
  );
}
