import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';

interface ShowMoreProps {
  /** What is shown a page at a time. */
  of: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => Promise<unknown> };
  /** What it is more of, where several lists stand on one screen. */
  about?: string;
}

/** The way to the next page of a long list, as long as there is one. */
export function ShowMore({ of: { hasNextPage, isFetchingNextPage, fetchNextPage }, about }: ShowMoreProps) {
  const { t } = useTranslation();
  if (!hasNextPage) return null;
  return (
    <div>
      <Button
        variant="default"
        loading={isFetchingNextPage}
        aria-label={about === undefined ? undefined : `${t('app.showMore')}: ${about}`}
        onClick={() => void fetchNextPage()}
      >
        {t('app.showMore')}
      </Button>
    </div>
  );
}
