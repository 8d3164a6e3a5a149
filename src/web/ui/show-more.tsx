import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';

interface ShowMoreProps {
  /** What is shown a page at a time. */
  of: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => Promise<unknown> };
}

/** The way to the next page of a long list, as long as there is one. */
export function ShowMore({ of: { hasNextPage, isFetchingNextPage, fetchNextPage } }: ShowMoreProps) {
  const { t } = useTranslation();
  if (!hasNextPage) return null;
  return (
    <div>
      <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
        {t('app.showMore')}
      </Button>
    </div>
  );
}
