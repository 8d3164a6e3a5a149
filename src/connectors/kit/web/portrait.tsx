import type { PreviewProps } from '../preview.ts';

/** The account's picture, or the first letter of its name; says nothing to who hears the name beside it. */
export function Portrait({ account, className }: Pick<PreviewProps, 'account'> & { className: string | undefined }) {
  if (account.pictureUrl) return <img className={className} src={account.pictureUrl} alt="" />;
  const initial = new Intl.Segmenter().segment(account.name.trim()).containing(0)?.segment ?? '';
  return (
    <span className={className} aria-hidden="true">
      {initial.toUpperCase()}
    </span>
  );
}
