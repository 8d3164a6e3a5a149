import type { MetricId } from '#contract/metrics.ts';

/** How a network counts text. */
export type TextUnit = 'grapheme' | 'byte' | 'utf16' | 'code-point';

/** Where a fact comes from and when it was looked up. */
export interface Source {
  source: string;
  /** Local date, YYYY-MM-DD. */
  checkedOn: string;
}

/** The facts of a network: read by composer, server, importer and publisher alike. */
export interface Manifest {
  /** Lower-case, [a-z0-9-]; a string checked against the registry, never an enum. */
  id: string;
  /** As the network writes itself. */
  name: string;
  facts: Source;
  /** What the network is to people and how it wants to be spoken to; keys of the network's own texts. */
  manner: { strength: 'words' | 'pictures' | 'video' | 'home' };
  connect:
    | { kind: 'own' }
    | {
        kind: 'form';
        fields: { name: string; input: 'text' | 'password' | 'url'; required: boolean; initial?: string }[];
      };
  text: {
    limits: { unit: TextUnit; max: number }[] /** May a post have no text when it has media? */;
    optionalWithMedia: boolean;
  };
  /** Absent: the network takes no pictures. */
  images?: {
    max: number;
    maxBytes: number;
    /** Longest edge in pixels that is worth sending. */
    maxEdge: number;
    mimes: string[];
    alt: { unit: TextUnit; max: number };
  };
  /** Absent: links are only text. `card` is drawn when the part has no image. */
  link?: { card: boolean; maxImageBytes: number /** The card is drawn beside images too. */; besideImages?: boolean };
  /** How long our own first comment beneath a post may be. Absent: there are none. */
  firstComment?: { limits: { unit: TextUnit; max: number }[] };
  /** Absent: no threads. */
  thread?: { maxParts: number };
  /** How a send of unknown outcome is found again. */
  reconcile: {
    by: 'repeat-with-key' | 'read-by-key' | 'read-recent' | 'person';
    /** True when a read that does not find it proves that it is not there. */
    absenceIsConclusive: boolean;
    /** How long after the last possible write a read may still miss it, in ms. */
    readLagMs: number;
  };
  /** A post can be taken down from here. */
  remove: boolean;
  /** The words of a post can be corrected after publication, at the same address. */
  correct: boolean;
  /** What it measures, and under what name there. */
  metrics: { metric: MetricId; of: 'post' | 'account'; theirName: string; since?: string; until?: string }[];
  /** Sends at once per account; order within a channel is kept by 1. */
  sendsAtOnce: 1;
  /** Usual cadence a week, and where that advice is from. */
  cadence: { perWeek: number } & Source;
}
