import { startBluesky } from './start.ts';

// A Bluesky to try things on by hand: `node test/servers/bluesky/run.ts`, ended by Ctrl-C.
const startedAt = performance.now();
const server = await startBluesky({ onProgress: (step) => console.log(`… ${step}`) });
const [anna, ben] = [await server.createAccount('anna'), await server.createAccount('benno')];
console.log(`Bluesky runs after ${((performance.now() - startedAt) / 1_000).toFixed(1)} s.

  server        ${server.pdsUrl}
  account       ${anna.handle}    app password  ${anna.appPassword}
  second one    ${ben.handle}   app password  ${ben.appPassword}

What an account has posted:
  ${server.pdsUrl}/xrpc/com.atproto.repo.listRecords?repo=${anna.did}&collection=app.bsky.feed.post

Ctrl-C ends it and removes everything.`);

const end = (): void => void server.stop().then(() => process.exit(0));
process.once('SIGINT', end);
process.once('SIGTERM', end);
