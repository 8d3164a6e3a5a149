import { misbehaviours } from 'virtual:contract';
import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { MisbehaviourName } from '#contract/demo.ts';
import type { ChannelId } from '#contract/ids.ts';
import { api } from '../../lib/api.ts';
import { useMay, useWorkspace } from '../../lib/workspace.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import '../../ui/lines.css';

/** Every way to go wrong, what one sees then, and the press that has it so at the channel's next post. */
export function MisbehaviourList({ channelId }: { channelId: ChannelId }) {
  const { id: workspaceId } = useWorkspace();
  const queries = useQueryClient();
  const mayMisbehave = useMay('practice.misbehave');
  const telling = useMutation(
    api.practice.misbehave.mutationOptions({
      onSuccess: (standing) => queries.setQueryData(api.practice.get.queryKey({ input: { workspaceId } }), standing),
    }),
  );
  return (
    <>
      {telling.error ? <FailureNotice error={telling.error} /> : null}
      <ul className="lines">
        {misbehaviours.map((misbehaviour) => (
          <Way
            key={misbehaviour}
            misbehaviour={misbehaviour}
            isBusy={telling.isPending && telling.variables?.misbehaviour === misbehaviour}
            onDo={mayMisbehave ? () => telling.mutate({ workspaceId, channelId, misbehaviour }) : null}
          />
        ))}
      </ul>
    </>
  );
}

interface WayProps {
  misbehaviour: MisbehaviourName;
  isBusy: boolean;
  onDo: (() => void) | null;
}

function Way({ misbehaviour, isBusy, onDo }: WayProps) {
  const { t } = useTranslation();
  const nameId = useId();
  const buttonId = useId();
  return (
    <li className="line">
      <div className="line-words">
        <strong id={nameId}>{t(`practice.way.${misbehaviour}.name`)}</strong>
        <p>{t(`practice.way.${misbehaviour}.then`)}</p>
      </div>
      {onDo ? (
        <Button
          id={buttonId}
          variant="default"
          loading={isBusy}
          onClick={onDo}
          aria-labelledby={`${buttonId} ${nameId}`}
        >
          {t('practice.do')}
        </Button>
      ) : null}
    </li>
  );
}
