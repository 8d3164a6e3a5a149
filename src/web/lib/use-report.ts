import { useTranslation } from 'react-i18next';
import { showToast } from '../ui/toasts.tsx';
import { readFailure } from './failure.ts';

/** Runs a piece of work started by a press; when it does not work, a toast says why. Resolves to whether it worked. */
export function useReport(): (work: () => Promise<void>) => Promise<boolean> {
  const { t } = useTranslation('first');
  return async (work) => {
    try {
      await work();
      return true;
    } catch (error) {
      const failure = readFailure(error);
      const text = failure.kind === 'refused' ? failure.message : t(`failures.${failure.kind}.title`);
      showToast({ tone: 'bad', text });
      return false;
    }
  };
}
