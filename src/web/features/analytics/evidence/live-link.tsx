import { useTranslation } from 'react-i18next';
import { IconExternal } from '../../../ui/icons.ts';

/** Leads to a post where it stands on its network; nothing while it is not there, or no longer. */
export function LiveLink({ of: { address, removedAt } }: { of: { address: string | null; removedAt: string | null } }) {
  const { t } = useTranslation();
  if (!address || removedAt) return null;
  return (
    <a className="quiet-link" href={address} target="_blank" rel="noreferrer">
      {t('evidence.live')}
      <IconExternal size={16} />
    </a>
  );
}
