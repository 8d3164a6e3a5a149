import { z } from 'zod';

const Picture = z.object({
  key: z.string(),
  width: z.int(),
  height: z.int(),
  alt: z.string(),
  sizeBytes: z.int(),
  poster: z.string().exactOptional(),
});

/** A prepared entry as it is kept between *prepare* and *send*. */
export const PreparedEntry = z.object({
  key: z.string().regex(/^[0-9a-f]{32}$/),
  threadKey: z.string().nullable(),
  position: z.int(),
  text: z.string(),
  language: z.string(),
  media: z.array(Picture),
  link: z.object({ url: z.string(), title: z.string(), description: z.string(), image: Picture.nullable() }).nullable(),
});
