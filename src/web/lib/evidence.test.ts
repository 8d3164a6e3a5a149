import { describe, expect, it } from 'vitest';
import { type EvidenceAddress, readEvidence, readTrail, writeEvidence, writeTrail } from './evidence.ts';

const id = '019a3c1e-0000-7000-8000-000000000001';
const addresses: EvidenceAddress[] = [
  { kind: 'goal', goalId: id, on: null },
  { kind: 'goal', goalId: id, on: '2031-03-03' },
  { kind: 'delivery', deliveryId: id, metric: null },
  { kind: 'delivery', deliveryId: id, metric: 'post-link-clicks' },
  { kind: 'channel', channelId: id, metric: 'followers' },
  { kind: 'page', what: 'views', span: null, deliveryId: null },
  { kind: 'page', what: 'clicks', span: { from: '2031-03-03', to: '2031-03-30' }, deliveryId: id },
  { kind: 'day', on: '2031-03-03', count: 'underWay' },
  { kind: 'status', days: 7, channelId: null, count: 'onTime', waits: null },
  { kind: 'status', days: 30, channelId: id, count: null, waits: 'connection-broken' },
  { kind: 'objective', objectiveId: id },
];

describe('the address of what a figure is made of', () => {
  it('is read as it was written, alone and as a way', () => {
    for (const address of addresses) expect(readEvidence(writeEvidence(address))).toEqual(address);
    expect(readTrail(writeTrail(addresses))).toEqual(addresses);
  });

  it('needs no escaping in the search of an address', () => {
    const text = writeTrail(addresses);
    expect(new URLSearchParams({ evidence: text }).toString()).toBe(`evidence=${text}`);
  });

  it.each([
    '',
    'goal',
    'goal.1',
    'channel.x.followers',
    `channel.${id}.2`,
    'day.2031-03-03.all',
    'page.fame',
    'status.8.is-live',
    'status.7.live',
    'x.y',
  ])('is none where it says %j', (text) => {
    expect(readEvidence(text)).toBeNull();
    expect(readTrail(`goal.${id}_${text}`)).toBeNull();
  });
});
