import { roles } from 'virtual:contract';
import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Role } from '#contract/terms.ts';
import { api } from '../../lib/api.ts';
import { readProblems } from '../../lib/read-problems.ts';
import { useKept } from '../../lib/use-kept.ts';
import { useWorkspace } from '../../lib/workspace.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { SelectField, TextField } from '../../ui/fields.tsx';
import { Form } from '../../ui/form.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Secret } from '../../ui/secret.tsx';
import { Sheet } from '../../ui/sheet.tsx';

const empty: { email: string; role: Role } = { email: '', role: 'editor' };

/** Asking somebody in. The link is shown once, and said whether it went out by mail too. */
export function InviteForm() {
  const { t } = useTranslation();
  const { id: workspaceId, role: ownRole } = useWorkspace();
  const queries = useQueryClient();
  const [{ email, role }, setDraft] = useKept(`${workspaceId}.invitation`, empty);
  const change = (part: Partial<typeof empty>) => setDraft((it) => ({ ...it, ...part }));
  const inviting = useMutation(
    api.invitations.create.mutationOptions({
      onSuccess: async () => {
        change({ email: '' });
        await queries.invalidateQueries({ queryKey: api.invitations.key() });
      },
    }),
  );
  const problems = readProblems(inviting.error);
  if (inviting.data) return <MadeInvitation made={inviting.data} onDone={inviting.reset} />;
  return (
    <Sheet title={t('invite.title')}>
      <Form
        className="form"
        onSubmit={() => inviting.mutate({ workspaceId, email: email.trim() === '' ? null : email.trim(), role })}
      >
        <TextField
          type="email"
          label={t('invite.email')}
          description={t('invite.emailHint')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          autoComplete="off"
          error={problems['email']}
          value={email}
          onChange={(event) => change({ email: event.currentTarget.value })}
        />
        <SelectField
          label={t('invite.role')}
          description={t(`roles.explain.${role}`)}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          error={problems['role']}
          value={role}
          onChange={(event) => change({ role: roles.find((it) => it === event.currentTarget.value) ?? role })}
        >
          {roles
            .filter((it) => it !== 'owner' || ownRole === 'owner')
            .map((it) => (
              <option key={it} value={it}>
                {t(`roles.name.${it}`)}
              </option>
            ))}
        </SelectField>
        {inviting.error ? <FailureNotice error={inviting.error} /> : null}
        <div>
          <Button type="submit" loading={inviting.isPending}>
            {t('invite.submit')}
          </Button>
        </div>
      </Form>
    </Sheet>
  );
}

interface MadeInvitationProps {
  made: { link: string; mailed: boolean; invitation: { email: string | null } };
  onDone: () => void;
}

function MadeInvitation({ made: { link, mailed, invitation }, onDone }: MadeInvitationProps) {
  const { t } = useTranslation();
  const { email } = invitation;
  return (
    <Sheet title={t('invite.made')} lead={t('invite.once')}>
      <Secret label={t('invite.link')} value={link} />
      {mailed ? (
        <Notice tone="good">{t('invite.mailed', { email })}</Notice>
      ) : (
        <Notice tone="quiet">{email === null ? t('invite.passOn') : t('invite.notMailed', { email })}</Notice>
      )}
      <div>
        <Button variant="default" onClick={onDone}>
          {t('invite.another')}
        </Button>
      </div>
    </Sheet>
  );
}
