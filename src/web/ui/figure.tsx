import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type EvidenceAddress, writeEvidence } from '../lib/evidence.ts';
import { useOpenEvidence } from '../lib/use-evidence.ts';
import './figure.css';

interface FigureProps {
  /** What it is made of. */
  of: EvidenceAddress;
  /** Said after what is seen, where that alone does not tell which figure it is. */
  about?: string | undefined;
  className?: string | undefined;
  /** Out of the way of the Tab key, where arrow keys lead to it. */
  tabIndex?: number | undefined;
  children: ReactNode;
}

/** A figure. Pressed, it opens what it is made of; there is no figure of what happened that does not. */
export function Figure({ of, about, className = 'figure', tabIndex, children }: FigureProps) {
  const { t } = useTranslation('first');
  const open = useOpenEvidence();
  return (
    <button
      type="button"
      className={className}
      aria-haspopup="dialog"
      data-evidence={writeEvidence(of)}
      tabIndex={tabIndex}
      onClick={() => open(of)}
    >
      {children}
      <span className="unseen">
        {about ? ` ${about}` : ''} {t('figures.open')}
      </span>
    </button>
  );
}
