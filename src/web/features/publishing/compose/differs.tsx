import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Content } from '#contract/content.ts';
import { More } from '../../../ui/more.tsx';
import { tellDifferences } from './tell-differences.ts';

interface DiffersProps {
  base: Content;
  own: Content;
  language: string;
  /** Absent: nothing can be changed here. */
  onFollow?: (() => void) | undefined;
}

/** What a channel's own words change of the base, with the way back to it. */
export function Differs({ base, own, language, onFollow }: DiffersProps) {
  const { t } = useTranslation();
  const told = tellDifferences(base, own, language);
  const others = told ? (['pictures', 'link', 'comment'] as const).filter((it) => told[it]) : [];
  return (
    <div className="differs">
      {told ? (
        <More label={t('composing.whatDiffers')} open>
          {told.parts.map(({ position, stretches }) => (
            <p key={position} dir="auto" lang={language} className="differs-text">
              {stretches.map(({ kind, text }, at) => {
                const key = `${at} ${kind}`;
                if (kind === 'added') return <ins key={key}>{text}</ins>;
                if (kind === 'removed') return <del key={key}>{text}</del>;
                return <span key={key}>{text}</span>;
              })}
            </p>
          ))}
          {others.length > 0 ? (
            <ul className="differs-others">
              {others.map((it) => (
                <li key={it}>{t(`composing.other.${it}`)}</li>
              ))}
            </ul>
          ) : null}
        </More>
      ) : (
        <p className="form-hint">{t('composing.sameWords')}</p>
      )}
      {onFollow ? (
        <Button variant="subtle" onClick={onFollow}>
          {t('compose.followBase')}
        </Button>
      ) : null}
    </div>
  );
}
