import { useTranslation } from 'react-i18next';
import type { Channel } from '#contract/channels.ts';
import { type Tone, Word } from '../../ui/notice.tsx';

const connectionTones: Record<Channel['connection']['state'], Tone> = {
  connected: 'good',
  'not-connected': 'quiet',
  'credential-rejected': 'bad',
  'permission-missing': 'bad',
};

/** Whether Goalpost can act on a channel, as a word. */
export function ConnectionWord({ state }: { state: Channel['connection']['state'] }) {
  const { t } = useTranslation();
  return <Word tone={connectionTones[state]}>{t(`connection.${state}`)}</Word>;
}

/** How the business stands to a channel; an active one needs no word. */
export function ChannelStateWord({ state }: { state: Channel['state'] }) {
  const { t } = useTranslation();
  return state === 'active' ? null : <Word tone="warn">{t(`channelState.${state}`)}</Word>;
}
