import { useTranslation } from 'react-i18next';
import type { Proposal } from '#contract/onboarding.ts';
import { useFormat } from '../../lib/use-format.ts';

/** What to write about next, and in which mixture. */
export function Ideas({ proposal }: { proposal: Pick<Proposal, 'ideas' | 'shares'> }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <div className="begin-ideas">
      <h3>{t('begin.ideas.title')}</h3>
      <ul>
        {proposal.ideas.map((idea) => (
          <li key={idea} dir="auto">
            {idea}
          </li>
        ))}
      </ul>
      <h3>{t('begin.ideas.mixture')}</h3>
      <ul className="begin-shares">
        {proposal.shares.map(({ pillar, percent }) => (
          <li key={pillar}>
            {t(`pillars.${pillar}`)} <strong>{format.percent(percent / 100)}</strong>
          </li>
        ))}
      </ul>
    </div>
  );
}
