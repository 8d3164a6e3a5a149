import { useTranslation } from 'react-i18next';
import { type ShortcutGroup, useAreLettersOn, useBoundShortcuts } from '../../lib/shortcuts.ts';
import { Keys } from '../../ui/keys.tsx';
import { SideSheet } from '../../ui/side-sheet.tsx';
import './shortcut-sheet.css';

/** All shortcuts that work on this screen. */
export function ShortcutSheet({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const shortcuts = useBoundShortcuts();
  const areOn = useAreLettersOn();
  const groups: { group: ShortcutGroup; title: string }[] = [
    { group: 'do', title: t('shortcuts.do') },
    { group: 'go', title: t('shortcuts.go') },
    { group: 'list', title: t('shortcuts.list') },
  ];
  return (
    <SideSheet isOpen={isOpen} onClose={onClose} from="right" title={t('shortcuts.title')} closeLabel={t('app.close')}>
      <div className="shortcuts">
        <p>{areOn ? t('shortcuts.lead') : t('shortcuts.areOff')}</p>
        {groups.map(({ group, title }) => {
          const lines = shortcuts.filter((it) => it.group === group);
          return lines.length === 0 ? null : (
            <section key={group}>
              <h3>{title}</h3>
              <dl>
                {lines.map(({ keys, name }) => (
                  <div key={keys}>
                    <dt>{name}</dt>
                    <dd>
                      <Keys keys={keys} />
                    </dd>
                  </div>
                ))}
              </dl>
            </section>
          );
        })}
      </div>
    </SideSheet>
  );
}
