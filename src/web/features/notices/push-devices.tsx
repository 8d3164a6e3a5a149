import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NoticeSettings, PushDevice } from '#contract/notices.ts';
import { api, client } from '../../lib/api.ts';
import { nameDevice } from '../../lib/name-device.ts';
import { useFormat } from '../../lib/use-format.ts';
import { useReport } from '../../lib/use-report.ts';
import { useWorkspace } from '../../lib/workspace.tsx';
import { Notice, Word } from '../../ui/notice.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { showToast } from '../../ui/toasts.tsx';
import { canPush, forgetHere, type PushRefusal, subscribeHere } from './push-here.ts';
import '../../ui/lines.css';

/** The browsers that show notices while Goalpost is closed. */
export function PushDevices({ settings }: { settings: NoticeSettings }) {
  const { t: say } = useTranslation('notices');
  const { personId } = useWorkspace();
  const queries = useQueryClient();
  const report = useReport();
  const { key, devices } = settings.push;
  const [refusal, setRefusal] = useState<PushRefusal | null>(canPush() ? null : 'unsupported');
  const [isAsking, setAsking] = useState(false);
  const refresh = () => queries.invalidateQueries({ queryKey: api.notices.settings.queryKey() });
  const add = async () => {
    setAsking(true);
    await report(async () => {
      const answer = await subscribeHere(key, personId);
      setRefusal(answer);
      if (answer) return;
      await refresh();
      showToast({ text: say('settings.added') });
    });
    setAsking(false);
  };
  const remove = (device: PushDevice, name: string) =>
    report(async () => {
      await client.notices.removeDevice({ pushDeviceId: device.id });
      if (device.current) forgetHere();
      await refresh();
      showToast({ text: say('settings.removed', { device: name }) });
    });
  return (
    <Sheet title={say('settings.devices')} lead={say('settings.devicesLead')}>
      {refusal ? <Notice tone="quiet">{say(`settings.${refusal}`)}</Notice> : null}
      {refusal === 'unsupported' || devices.some((it) => it.current) ? null : (
        <div>
          <Button loading={isAsking} onClick={() => void add()}>
            {say('settings.addHere')}
          </Button>
        </div>
      )}
      <ul className="lines">
        {devices.map((it) => (
          <DeviceLine key={it.id} device={it} onRemove={(name) => void remove(it, name)} />
        ))}
      </ul>
    </Sheet>
  );
}

function DeviceLine({ device, onRemove }: { device: PushDevice; onRemove: (name: string) => void }) {
  const { t } = useTranslation();
  const { t: say } = useTranslation('notices');
  const format = useFormat();
  const { browser, system } = nameDevice(device.name);
  const name =
    browser && system ? t('account.device', { browser, system }) : (browser ?? say('settings.unknownDevice'));
  const added = format.dateTime(device.addedAt);
  return (
    <li className="line">
      <div className="line-words">
        <strong>{name}</strong>
        {device.current ? <Word tone="good">{say('settings.thisDevice')}</Word> : null}
        <p>
          {device.toldAt
            ? say('settings.deviceTold', { added, told: format.dateTime(device.toldAt) })
            : say('settings.deviceSince', { added })}
        </p>
      </div>
      <div className="line-acts">
        <Button variant="default" aria-label={`${say('settings.remove')}: ${name}`} onClick={() => onRemove(name)}>
          {say('settings.remove')}
        </Button>
      </div>
    </li>
  );
}
