import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Finding } from '#contract/operator.ts';
import { api } from '../../lib/api.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { More } from '../../ui/more.tsx';
import { type Tone, Word } from '../../ui/notice.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { Waiting } from '../../ui/waiting.tsx';

const tones: Record<Finding['state'], Tone> = { problem: 'bad', warning: 'warn', fine: 'good' };

/** How the installation stands: what needs a hand first, what is well folded away. */
export function Doctor() {
  const { t } = useTranslation();
  const { data, error, isFetching, refetch } = useQuery({ ...api.operator.doctor.queryOptions(), staleTime: 60_000 });
  const of = (state: Finding['state']) => data?.findings.filter((it) => it.state === state) ?? [];
  const pressing = [...of('problem'), ...of('warning')];
  return (
    <Sheet
      title={t('installation.doctor')}
      aside={
        <Button variant="default" loading={isFetching} onClick={() => void refetch()}>
          {t('installation.lookAgain')}
        </Button>
      }
    >
      {error ? <FailureNotice error={error} /> : null}
      {!data && !error ? <Waiting label={t('app.loading')} /> : null}
      {data && pressing.length === 0 ? <Word tone="good">{t('installation.allFine')}</Word> : null}
      <Findings findings={pressing} />
      {of('fine').length > 0 ? (
        <More label={t('installation.fineOnes')}>
          <Findings findings={of('fine')} />
        </More>
      ) : null}
    </Sheet>
  );
}

function Findings({ findings }: { findings: Finding[] }) {
  const { t } = useTranslation();
  const { t: say } = useTranslation('operator');
  return (
    <ul className="lines">
      {findings.map(({ check, state, params }) => (
        <li key={check} className="line">
          <div className="line-words">
            <strong>{say(`checks.${check}.name`)}</strong>
            <Word tone={tones[state]}>{t(`installation.state.${state}`)}</Word>
            <p>{say(`checks.${check}.${state}`, params)}</p>
          </div>
        </li>
      ))}
    </ul>
  );
}
