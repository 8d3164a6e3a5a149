import { ActionIcon, Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { StatedAccount } from '#contract/onboarding.ts';
import { manifests, otherNetworks } from '../../lib/networks.ts';
import { SelectField, TextField } from '../../ui/fields.tsx';
import { IconPlus, IconTrash } from '../../ui/icons.ts';

const reachable = new Map(
  manifests.filter((it) => it.connect.kind === 'form' && it.id !== 'practice').map((it) => [it.id, it.name]),
);
const networks = [...reachable, ...Object.entries(otherNetworks)].sort(([, a], [, b]) => a.localeCompare(b));

interface AccountsFieldProps {
  accounts: StatedAccount[];
  onChange: (accounts: StatedAccount[]) => void;
}

/** The accounts that exist already. Of each it is said whether Goalpost can act on it. */
export function AccountsField({ accounts, onChange }: AccountsFieldProps) {
  const { t } = useTranslation();
  const change = (place: number, about: Partial<StatedAccount>) =>
    onChange(accounts.map((it, index) => (index === place ? { ...it, ...about } : it)));
  return (
    <>
      {accounts.length === 0 ? <p className="form-hint">{t('begin.accounts.none')}</p> : null}
      {accounts.map((account, place) => {
        const name = networks.find(([id]) => id === account.network)?.[1] ?? account.network;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other name while they are typed
          <fieldset key={place} className="begin-account">
            <legend>{t('begin.accounts.nth', { number: place + 1 })}</legend>
            <SelectField
              label={t('begin.accounts.network')}
              value={account.network}
              onChange={(event) => change(place, { network: event.currentTarget.value })}
              data={networks.map(([value, label]) => ({ value, label }))}
            />
            <TextField
              label={t('begin.accounts.handle')}
              maxLength={200}
              spellCheck={false}
              value={account.handle}
              onChange={(event) => change(place, { handle: event.currentTarget.value })}
            />
            <ActionIcon
              aria-label={t('begin.accounts.remove', { name })}
              onClick={() => onChange(accounts.filter((_, index) => index !== place))}
            >
              <IconTrash size={18} />
            </ActionIcon>
            <p className="form-hint">
              {reachable.has(account.network)
                ? t('begin.accounts.reachable')
                : t('begin.accounts.notYet', { network: name })}
            </p>
          </fieldset>
        );
      })}
      {accounts.length < 30 ? (
        <div>
          <Button
            variant="default"
            leftSection={<IconPlus size={18} />}
            onClick={() => onChange([...accounts, { network: 'instagram', handle: '' }])}
          >
            {t('begin.accounts.add')}
          </Button>
        </div>
      ) : null}
    </>
  );
}
