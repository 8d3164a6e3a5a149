import { Outlet, useParams } from '@tanstack/react-router';
import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { ChannelsBeside } from '../../features/channels/channels-beside.tsx';
import { Waiting } from '../../ui/waiting.tsx';

/** Around /w/…/channels/…: the register stays while one goes from channel to channel. */
export function ChannelsBesideRoute() {
  const { t } = useTranslation();
  const { channelId } = useParams({ strict: false });
  return (
    <ChannelsBeside openId={channelId}>
      <Suspense fallback={<Waiting label={t('app.loading')} />}>
        <Outlet />
      </Suspense>
    </ChannelsBeside>
  );
}
