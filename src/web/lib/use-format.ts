import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { createFormat, type Format } from '../../format/index.ts';
import { asLanguage } from './guess-language.ts';
import { useWorkspace } from './workspace.tsx';

/** Dates and numbers in the reader's language and the workspace's zone. Only inside /w/…. */
export const useFormat = (): Format => useFormatIn(useWorkspace().zone);

/** The same in the zone of the reader's own clock, before any workspace. */
export const useOwnFormat = (): Format => useFormatIn(Temporal.Now.timeZoneId());

function useFormatIn(zone: string): Format {
  const { i18n } = useTranslation('first');
  const language = asLanguage(i18n.language) ?? 'en';
  return useMemo(() => createFormat({ language, zone }), [zone, language]);
}
