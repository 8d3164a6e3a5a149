import { Button, Checkbox } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { showOverlay } from '../../lib/overlays.ts';
import { setLettersOn, useAreLettersOn } from '../../lib/shortcuts.ts';
import { Sheet } from '../../ui/sheet.tsx';

/** Whether keys pressed alone do anything. */
export function KeyboardChoice() {
  const { t } = useTranslation();
  const areOn = useAreLettersOn();
  return (
    <Sheet title={t('shortcuts.settings')}>
      <div className="form">
        <Checkbox
          label={t('shortcuts.letters')}
          description={t('shortcuts.lettersHint')}
          checked={areOn}
          onChange={(event) => setLettersOn(event.currentTarget.checked)}
        />
        <div>
          <Button variant="default" onClick={() => showOverlay('shortcuts')}>
            {t('shortcuts.show')}
          </Button>
        </div>
      </div>
    </Sheet>
  );
}
