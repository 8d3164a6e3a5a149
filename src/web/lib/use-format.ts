import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { createFormat, type Format } from '../../format/index.ts';
import { spoken } from './languages.ts';
import { useWorkspace } from './workspace.tsx';

/** Dates and numbers in the reader's language and the workspace's zone. Only inside /w/…. */
export function useFormat(): Format {
  const { zone } = useWorkspace();
  const { i18n } = useTranslation();
  // The instance's language is the trigger: a change of it must print everything anew.
  return useMemo(() => createFormat({ language: spoken(), zone }), [zone, i18n.language]);
}
