import { z } from 'zod';

/** Instant in UTC, ISO 8601 with `Z`. */
export const Instant = z.iso.datetime({ offset: true });
/** Local date, YYYY-MM-DD. */
export const LocalDate = z.iso.date();
/** Wall-clock time without a zone, YYYY-MM-DDTHH:mm. */
export const LocalDateTime = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/);
/** IANA time zone name, aliases welcome. */
export const Zone = z.string().min(1).max(64);
/** Languages of the interface, in the order they are offered. */
export const languages = ['en', 'th', 'vi', 'id', 'eo'] as const;
export const Language = z.enum(languages);
export type Language = z.infer<typeof Language>;
/** BCP 47 tag of content, any language. */
export const ContentLanguage = z
  .string()
  .regex(/^[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8})*$/)
  .max(35);

export const roles = ['owner', 'manager', 'editor', 'approver', 'responder', 'viewer'] as const;
export const Role = z.enum(roles);
export type Role = z.infer<typeof Role>;

/** A save names the revision it was made from; another one meanwhile is refused with `edited-meanwhile` and both texts. */
export const Revision = z.int().min(1);

export const Cursor = z.string().max(500);
/** Cursor paging: `next` is absent on the last page. */
export const page = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item), next: Cursor.optional() });
export const PageQuery = z.object({
  cursor: Cursor.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

/** Plain text of one line, trimmed. */
export const Line = (max: number) => z.string().trim().min(1).max(max);
