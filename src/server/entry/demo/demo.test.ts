import { describe, expect, it } from 'vitest';
import { languages } from '#contract/terms.ts';
import { readConfig } from '#server/platform/config/index.ts';
import { makeTeam } from '#test/makers.ts';
import { useServer } from '#test/server.ts';
import { HISTORY_DAYS, planPosts } from './cafe-plan.ts';
import { readCafeWords } from './cafe-words.ts';
import { holdCafeClock, markAsCafe } from './clock-store.ts';

const server = useServer();

describe('where there is no demo', () => {
  it('there is no practice network to be told anything, not even by an owner', async () => {
    const { client, workspaceId } = await makeTeam(server, { name: 'Bakery' });
    const channel = await client.channels.create({ workspaceId, network: 'practice', name: 'Known' });
    const order = { workspaceId, channelId: channel.id, misbehaviour: 'slow' as const };
    await expect(client.practice.get({ workspaceId })).rejects.toMatchObject({ code: 'not-found' });
    await expect(client.practice.misbehave(order)).rejects.toMatchObject({ code: 'not-found' });
    await expect(client.practice.behave({ workspaceId })).rejects.toMatchObject({ code: 'not-found' });
    expect((await client.me.get()).demo).toBeUndefined();
  });

  it('no clock is moved, and no database that holds a workspace becomes a café', async () => {
    await makeTeam(server, { name: 'Florist' });
    await expect(holdCafeClock(server.test.ownerUrl)).rejects.toThrow('no café');
    await expect(markAsCafe(server.test.ownerUrl)).rejects.toThrow('holds a workspace');
  });
});

describe('the settings of the demo', () => {
  it.each(['DATABASE_URL', 'SMTP_URL', 'S3_ENDPOINT', 'KEY', 'WEBSUB_HUB'])(
    'refuse %s, which leads to real data',
    (name) => {
      const value = name === 'KEY' ? Buffer.alloc(32).toString('base64') : 'postgres://a:b@127.0.0.1/real';
      const refused = () => readConfig({ GOALPOST_DEMO: 'yes', [`GOALPOST_${name}`]: value });
      expect(refused).toThrow(`GOALPOST_${name}: is not for the demo`);
    },
  );

  it('are off unless they say yes', () => {
    expect(readConfig({}).demo).toBe(false);
    expect(readConfig({ GOALPOST_DEMO: 'yes' }).demo).toBe(true);
    expect(() => readConfig({ GOALPOST_DEMO: 'maybe' })).toThrow('GOALPOST_DEMO');
  });
});

describe.for(languages)('the café in %s', (language) => {
  const words = readCafeWords(language);

  it.for([0, 1, 2, 3, 4, 5, 6])('has a whole plan when its history begins on weekday %i', (firstWeekday) => {
    const planned = planPosts(words, firstWeekday);
    const past = planned.filter((it) => it.day < HISTORY_DAYS);
    expect(past.length).toBeGreaterThanOrEqual(77);
    expect(planned.filter(({ text }) => text === '' || text.includes('{{') || [...text].length > 480)).toEqual([]);
    // Whatever the weekday, all that can happen happens once at least.
    expect(new Set(past.flatMap(({ incident }) => incident ?? [])).size).toBe(8);
  });
});
