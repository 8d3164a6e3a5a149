import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Content } from '#contract/content.ts';
import type { DraftConflict } from '../draft/merge-drafts.ts';
import './conflict.css';

interface ConflictNoticeProps {
  conflicts: DraftConflict[];
  nameOf: (channelId: string) => string;
  onSettle: (conflict: DraftConflict, choice: 'mine' | 'theirs') => void;
}

/** Both texts, side by side, where two people changed the same thing. Nothing is lost until one is chosen. */
export function ConflictNotice({ conflicts, nameOf, onSettle }: ConflictNoticeProps) {
  const { t } = useTranslation();
  if (conflicts.length === 0) return null;
  const nameField = (field: string): string => {
    const [owner = '', name = ''] = field.split('.');
    if (owner === 'variant') return t('conflict.variant', { channel: nameOf(name) });
    return t(`conflict.${owner === 'content' ? 'content' : owner}`);
  };
  return (
    <section className="conflict" role="alert">
      <h2>{t('conflict.title')}</h2>
      <p>{t('conflict.text')}</p>
      {conflicts.map((it) => (
        <div key={it.field} className="conflict-field">
          <h3>{nameField(it.field)}</h3>
          <div className="conflict-sides">
            {(['mine', 'theirs'] as const).map((side) => (
              <div key={side}>
                <h4>{t(`conflict.${side}`)}</h4>
                <p dir="auto">{say(it[side]) || t('conflict.empty')}</p>
                <Button variant="default" onClick={() => onSettle(it, side)}>
                  {t(`conflict.take-${side}`)}
                </Button>
              </div>
            ))}
          </div>
        </div>
      ))}
    </section>
  );
}

function say(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  if (isContent(value)) return value.parts.map((it) => it.text).join('\n\n');
  if (Array.isArray(value)) return value.map((it: { alt?: string }) => it.alt || '▢').join('\n');
  return Object.values(value).join(' ');
}

const isContent = (value: unknown): value is Content =>
  typeof value === 'object' && value !== null && 'parts' in value && Array.isArray(value.parts);
