import type { Config } from '#server/platform/config/index.ts';
import { type Database, StartRefusal } from '#server/platform/db/index.ts';
import { readPlaces } from '#server/platform/storage/index.ts';

/** Refuses a start without the bucket that holds the pictures: all of them would seem to be gone. */
export async function refuseLostBucket({ storage }: Pick<Config, 'storage'>, db: Database): Promise<void> {
  const places = await db.outside(readPlaces);
  if (storage.s3 || !places || (places.place === 'disk' && places.movingTo === null)) return;
  throw new StartRefusal(
    'Pictures and videos are in a bucket, and the settings name none: set GOALPOST_S3_ENDPOINT and the others as before. ' +
      'To bring them back to the disk, say with those settings: goalpost media move --to disk. Where the bucket is lost ' +
      'for good, say without them: goalpost media move --to disk --leave-behind',
  );
}
