import { describe, expect, it } from 'vitest';
import type { RefusalBody } from '#contract/refusals.ts';
import { makeTeam } from '#test/makers.ts';
import { useServer } from '#test/server.ts';

const server = useServer();
const bodyOf = async (response: Response) => (await response.json()) as RefusalBody;
const form = () => {
  const filled = new FormData();
  filled.set('token', 'x'.repeat(1_100_000));
  return filled;
};

describe('a body of more than a megabyte', () => {
  it('is not taken from whoever sends it as a form to what takes no file', async () => {
    const { owner, workspaceId } = await makeTeam(server);
    for (const [address, as] of [
      ['/api/invitations/look', {}],
      [`/api/workspaces/${workspaceId}/objectives`, { as: owner }],
    ] as const) {
      const { data } = await bodyOf(await server.api(address, { method: 'POST', body: form(), ...as }));
      expect(
        data.problems?.map(({ code }) => code),
        address,
      ).toEqual(['body-too-large']);
    }
  });

  it('is read to the end where a file is taken', async () => {
    const { owner, workspaceId } = await makeTeam(server);
    const address = `/api/workspaces/${workspaceId}/media`;
    const { data } = await bodyOf(await server.api(address, { method: 'POST', body: form(), as: owner }));
    expect(data.problems?.map(({ code }) => code)).not.toContain('body-too-large');
  });
});
