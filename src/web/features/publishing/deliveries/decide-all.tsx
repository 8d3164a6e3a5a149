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

interface Asked {
  decision: 'let-go' | 'cancel';
  heldBefore: string;
}

/** What an outage or a restore has held, decided at once instead of one by one. */
export function DecideAll() {
  const { id: workspaceId } = useWorkspace();
  const may = useMay('deliveries.decideHeld');
  const { data } = useQuery(api.publishing.status.queryOptions({ input: { workspaceId, days: 1 }, enabled: may }));
  const held = reasons.flatMap((reason) => {
    const count = data?.waiting.find((it) => it.reason === reason)?.count ?? 0;
    return count >= MANY ? [{ reason, count }] : [];
  });
  return may && data ? held.map((it) => <Decision key={it.reason} {...it} seenAt={data.to} />) : null;
}

/** `seenAt`: when what is held was counted; what is held later is not decided with it. */
function Decision({ reason, count, seenAt }: { reason: Reason; count: number; seenAt: string }) {
  const { t } = useTranslation();
  const { id: workspaceId } = useWorkspace();
  const queries = useQueryClient();
  const report = useReport();
  const [asked, setAsked] = useState<Asked | null>(null);
  const decide = ({ decision, heldBefore }: Asked) =>
    report(async () => {
      let [sum, full] = [0, 0];
      for (let left = 1; left > 0; ) {
        const answer = await client.deliveries.decideHeld({ workspaceId, reason, decision, heldBefore });
        sum += answer.decided;
        full = answer.full;
        left = answer.decided > 0 ? answer.left : 0;
      }
      const done = t(decision === 'cancel' ? 'deliveries.all.cancelled' : 'deliveries.all.wentOut', { count: sum });
      const text = full > 0 ? `${done} ${t('deliveries.all.full', { count: full })}` : done;
      showToast({ text });
      await Promise.all(
        [api.deliveries, api.posts, api.publishing].map((it) => queries.invalidateQueries({ queryKey: it.key() })),
      );
    });
  const words = asked?.decision === 'cancel' ? 'cancel' : 'letGo';
  return (
    <Sheet title={t(`deliveries.all.title.${reason}`)} lead={t(`deliveries.all.${reason}`, { count })}>
      {asked === null ? (
        <div className="form-actions">
          {/* What may be out already is not urged to go out. */}
          <Button
            variant={reason === 'late' ? 'filled' : 'default'}
            onClick={() => setAsked({ decision: 'let-go', heldBefore: seenAt })}
          >
            {t('deliveries.all.letGo')}
          </Button>
          <Button variant="default" onClick={() => setAsked({ decision: 'cancel', heldBefore: seenAt })}>
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
