import type { Generated, GeneratedAlways, JSONColumnType, Selectable } from 'kysely';
import type { EntryLink, KeptPicture } from '#connectors/page/index.ts';
import type { Language } from '#contract/terms.ts';

/** A link of the page itself. */
export type PageLinkRow = { label: string; url: string };

/** The rows this slice owns. */
export type PageTables = {
  own_page: {
    workspace_id: string;
    id: string;
    address: string;
    title: string;
    about: Generated<string>;
    language: Language;
    links: JSONColumnType<PageLinkRow[], string | undefined, string>;
    revision: Generated<number>;
    created_at: Generated<Date>;
    updated_at: Generated<Date>;
  };
  directory_page: { address: string; workspace_id: string; page_id: string };
  page_entry: {
    workspace_id: string;
    page_id: string;
    id: string;
    short: GeneratedAlways<string>;
    thread_id: string;
    position: number;
    slug: string | null;
    text: string;
    language: string;
    media: JSONColumnType<KeptPicture[], string, string>;
    link: JSONColumnType<EntryLink | null, string | null, string | null>;
    published_at: Generated<Date>;
    removed_at: Date | null;
    corrected_at: Date | null;
  };
  page_view_day: { workspace_id: string; page_id: string; day: string; entry_id: string; views: number };
  page_click_day: {
    workspace_id: string;
    page_id: string;
    day: string;
    entry_id: string;
    link: string;
    url: string;
    clicks: number;
  };
};

export type PageRow = Selectable<PageTables['own_page']>;
export type EntryRow = Selectable<PageTables['page_entry']>;
