import { ActionIcon } from '@mantine/core';
import { IconClose } from './icons.ts';

/** A cross with a name. */
export function CloseButton({ label, onClick }: { label: string; onClick: () => void }) {
  return (
    <ActionIcon aria-label={label} onClick={onClick}>
      <IconClose size={18} />
    </ActionIcon>
  );
}
