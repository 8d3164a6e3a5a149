import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, client } from '../../../lib/api.ts';
import { useReport } from '../../../lib/use-report.ts';
import { useMay, useWorkspace } from '../../../lib/workspace.tsx';
import { Question } from '../../../ui/question.tsx';
import { Sheet } from '../../../ui/sheet.tsx';
import { showToast } from '../../../ui/toasts.tsx';
import '../../../ui/form.css';

const reasons = ['late', 'new-history'] as const;
type Reason = (typeof reasons)[number];
/** One alone is decided on its own line. */
const MANY = 2;

/** What an outage or a restore has held, decided at once instead of one by one. */
export function DecideAll() {
  const { id: workspaceId } = useWorkspace();
  const may = useMay('deliveries.decideHeld');
  const { data } = useQuery(api.publishing.status.queryOptions({ input: { workspaceId, days: 1 }, enabled: may }));
  const held = reasons.flatMap((reason) => {
    const count = data?.waiting.find((it) => it.reason === reason)?.count ?? 0;
    return count >= MANY ? [{ reason, count }] : [];
  });
  return may ? held.map((it) => <Decision key={it.reason} {...it} />) : null;
}

function Decision({ reason, count }: { reason: Reason; count: number }) {
  const { t } = useTranslation();
  const { id: workspaceId } = useWorkspace();
  const queries = useQueryClient();
  const report = useReport();
  const [asked, setAsked] = useState<'let-go' | 'cancel' | null>(null);
  const decide = (decision: 'let-go' | 'cancel') =>
    report(async () => {
      let sum = 0;
      for (let left = 1; left > 0; ) {
        const answer = await client.deliveries.decideHeld({ workspaceId, reason, decision });
        sum += answer.decided;
        left = answer.decided > 0 ? answer.left : 0;
      }
      showToast({
        text: t(decision === 'cancel' ? 'deliveries.all.cancelled' : 'deliveries.all.wentOut', { count: sum }),
      });
      await Promise.all(
        [api.deliveries, api.posts, api.publishing].map((it) => queries.invalidateQueries({ queryKey: it.key() })),
      );
    });
  const words = asked === 'cancel' ? 'cancel' : 'letGo';
  return (
    <Sheet title={t('deliveries.all.title')} lead={t(`deliveries.all.${reason}`, { count })}>
      {asked === null ? (
        <div className="form-actions">
          <Button onClick={() => setAsked('let-go')}>{t('deliveries.all.letGo')}</Button>
          <Button variant="default" onClick={() => setAsked('cancel')}>
            {t('deliveries.all.cancel')}
          </Button>
        </div>
      ) : (
        <Question
          title={t(`deliveries.all.${words}Title`)}
          text={t(`deliveries.all.${words}Text.${reason}`)}
          yes={t(`deliveries.all.${words}Yes`)}
          no={t('deliveries.all.no')}
          onYes={() => decide(asked)}
          onClose={() => setAsked(null)}
        />
      )}
    </Sheet>
  );
}
