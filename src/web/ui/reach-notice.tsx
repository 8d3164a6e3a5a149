import { useTranslation } from 'react-i18next';
import { reachOf } from '#contract/reach.ts';
import { Notice } from './notice.tsx';

interface ReachNoticeProps {
  /** Where something stands, or will stand. */
  address: string;
  /** One sentence alone, where many addresses stand beneath each other. */
  isShort?: boolean;
}

/** Says that not everyone can open an address of this installation, and what to do; nothing where everyone can. */
export function ReachNotice({ address, isShort = false }: ReachNoticeProps) {
  const { t } = useTranslation();
  const reach = reachOf(address);
  if (reach === 'everyone') return null;
  if (isShort) return <p>{t(`reach.${reach}`)}</p>;
  return (
    <Notice tone="warn" title={t(`reach.${reach}`)}>
      {t('reach.whatToDo')}
    </Notice>
  );
}
