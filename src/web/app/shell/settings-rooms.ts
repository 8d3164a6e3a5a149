import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../lib/api.ts';
import { useMay } from '../../lib/workspace.tsx';

interface SettingsRoom {
  to:
    | '/w/$workspaceId/settings'
    | '/w/$workspaceId/members'
    | '/w/$workspaceId/api-keys'
    | '/w/$workspaceId/audit'
    | '/w/$workspaceId/account'
    | '/w/$workspaceId/notice-settings'
    | '/w/$workspaceId/installation';
  label: string;
}

/** The screens behind the settings that this person may see. */
export function useSettingsRooms(): SettingsRoom[] {
  const { t } = useTranslation();
  const { t: say } = useTranslation('notices');
  const mayKeys = useMay('apiKeys.list');
  const mayAudit = useMay('audit.list');
  const isOperator = useQuery(api.me.get.queryOptions()).data?.isOperator === true;
  return [
    { to: '/w/$workspaceId/settings', label: t('settings.workspace') },
    { to: '/w/$workspaceId/members', label: t('members.title') },
    ...(mayKeys ? [{ to: '/w/$workspaceId/api-keys', label: t('keys.title') } as const] : []),
    ...(mayAudit ? [{ to: '/w/$workspaceId/audit', label: t('audit.title') } as const] : []),
    { to: '/w/$workspaceId/account', label: t('account.title') },
    { to: '/w/$workspaceId/notice-settings', label: say('title') },
    ...(isOperator ? [{ to: '/w/$workspaceId/installation', label: t('installation.title') } as const] : []),
  ];
}
