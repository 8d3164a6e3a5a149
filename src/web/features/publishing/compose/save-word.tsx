import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { KeeperState } from '../draft/draft-keeper.ts';

interface SaveWordProps {
  state: KeeperState;
  /** Saved only when told, because the post is scheduled already. */
  isByHand: boolean;
  onSave: () => void;
}

/** Saved, saving, not saved: never said before it is so. */
export function SaveWord({ state, isByHand, onSave }: SaveWordProps) {
  const { t } = useTranslation();
  const { status, postId } = state;
  const key =
    status === 'saved' && postId === null ? 'nothingYet' : status === 'changed' && isByHand ? 'byHand' : status;
  const isOpen = status === 'unreachable' || status === 'refused' || (status === 'changed' && isByHand);
  return (
    <div className={`save-word save-${status}`}>
      <span role="status" aria-live="polite">
        {t(`saving.${key}`)}
      </span>
      {isOpen ? (
        <Button variant="default" onClick={onSave}>
          {isByHand ? t('saving.saveChanges') : t('failures.retry')}
        </Button>
      ) : null}
    </div>
  );
}
