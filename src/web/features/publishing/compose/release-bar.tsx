import { ActionIcon } from '@mantine/core';
import { type ReactNode, type RefObject, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { IconClock } from '../../../ui/icons.ts';
import './release-bar.css';

interface ReleaseBarProps {
  /** Is this way out the main one now? The other stays where it is. */
  isMain: boolean;
  /** Where the time is chosen. */
  when: RefObject<HTMLElement | null>;
  /** The button of this way out; its name says when the post goes out. */
  children: ReactNode;
}

/** The main way out of the composer: on a phone it stays in sight above the rooms, with a way to the time beside it. */
export function ReleaseBar({ isMain, when, children }: ReleaseBarProps) {
  const { t } = useTranslation();
  const goToTime = () => {
    const field = when.current?.querySelector('input');
    when.current?.scrollIntoView({ block: 'center' });
    field?.focus({ preventScroll: true });
  };
  return (
    <div className={isMain ? 'release-way release-bar' : 'release-way'}>
      {children}
      {isMain ? (
        <ActionIcon
          className="release-time"
          variant="default"
          size={44}
          aria-label={t('releaseBar.time')}
          onClick={goToTime}
        >
          <IconClock size={20} />
        </ActionIcon>
      ) : null}
    </div>
  );
}

/** What came of a press: brought into view each time, since the button stands elsewhere on a phone. Not with `turn` 0. */
export function WhatCame({ turn, children }: { turn: number; children: ReactNode }) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (turn > 0) place.current?.scrollIntoView({ block: 'nearest' });
  }, [turn]);
  return <div ref={place}>{children}</div>;
}
