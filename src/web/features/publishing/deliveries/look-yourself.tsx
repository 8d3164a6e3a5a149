import { useTranslation } from 'react-i18next';
import type { Channel } from '#contract/channels.ts';
import type { Delivery } from '#contract/deliveries.ts';
import { useFormat } from '../../../lib/use-format.ts';
import { IconExternal } from '../../../ui/icons.ts';

/** What a person needs who decides whether a post is there: where to look, for what, and from when. */
export function LookYourself({ delivery, channel }: { delivery: Delivery; channel: Channel | undefined }) {
  const { t } = useTranslation();
  const format = useFormat();
  const part = delivery.parts.find((it) => it.state === 'unconfirmed');
  const time = format.dateTime(part?.fault?.at ?? delivery.dueAt);
  const isLater = part !== undefined && part.position > 0;
  return (
    <div className="delivery-look">
      <p>
        {isLater
          ? t('deliveries.lookForPart', { time, number: format.number(part.position + 1) })
          : t('deliveries.lookFor', { time })}
      </p>
      {delivery.excerpt && !isLater ? <blockquote dir="auto">{delivery.excerpt}</blockquote> : null}
      <p>{t('deliveries.lookHint')}</p>
      {channel?.address ? (
        <a className="quiet-link" href={channel.address} target="_blank" rel="noreferrer">
          {t('deliveries.lookAt', { name: channel.name })}
          <IconExternal size={16} />
        </a>
      ) : null}
    </div>
  );
}
