import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useNetworkName } from '../../../lib/networks.ts';
import { useChannels } from '../../../lib/use-everyone.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { useLateWords } from '../../../lib/use-late-words.ts';
import { useWorkspace } from '../../../lib/workspace.tsx';
import { Figure } from '../../../ui/figure.tsx';
import { Sheet } from '../../../ui/sheet.tsx';
import type { StatusPart } from './status-part.ts';
import { outcomes } from './what-became.tsx';

/** The same for each channel on which something was due. */
export function ByChannel({ status, days }: StatusPart) {
  const { t } = useTranslation('status');
  const { id: workspaceId } = useWorkspace();
  const networkName = useNetworkName();
  const channels = useChannels();
  const format = useFormat();
  const late = useLateWords();
  return (
    <Sheet title={t('channels.title')}>
      <ul className="lines">
        {status.channels.map(({ channelId, counts, lateness }) => {
          const channel = channels?.find((it) => it.id === channelId);
          const name = channel?.name ?? '';
          const of = { kind: 'status', days, channelId, waits: null } as const;
          return (
            <li key={channelId} className="line">
              <div className="line-words">
                <Link
                  className="quiet-link"
                  to="/w/$workspaceId/channels/$channelId"
                  params={{ workspaceId, channelId }}
                >
                  <span dir="auto">
                    {channel && name !== networkName(channel.network)
                      ? `${name} · ${networkName(channel.network)}`
                      : name}
                  </span>
                </Link>
                <p className="figures">
                  {outcomes
                    .filter((it) => counts[it] > 0)
                    .map((it) => (
                      <Figure key={it} of={{ ...of, count: it }} about={t('channels.of', { name })}>
                        {format.number(counts[it])} {t(`count.${it}`)}
                      </Figure>
                    ))}
                  {(['p50', 'p99', 'max'] as const).map((it) => {
                    const ms = lateness[`${it}Ms`];
                    return ms === null ? null : (
                      <Figure key={it} of={{ ...of, count: 'onTime' }} about={t('channels.of', { name })}>
                        {t(`late.${it}`)} {late(ms)}
                      </Figure>
                    );
                  })}
                </p>
              </div>
            </li>
          );
        })}
      </ul>
    </Sheet>
  );
}
