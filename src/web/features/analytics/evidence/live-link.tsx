import { useTranslation } from 'react-i18next';
import { IconExternal } from '../../../ui/icons.ts';

interface LiveLinkProps {
  of: { address: string | null; removedAt: string | null };
  isChannel?: boolean;
}

/** Leads to a post, or to a channel, where it stands on its network; nothing while it is not there, or no longer. */
export function LiveLink({ of: { address, removedAt }, isChannel = false }: LiveLinkProps) {
  const { t } = useTranslation();
  if (!address || removedAt) return null;
  return (
    <a className="quiet-link" href={address} target="_blank" rel="noreferrer">
      {t(isChannel ? 'evidence.visit' : 'evidence.live')}
      <IconExternal size={16} />
    </a>
  );
}
