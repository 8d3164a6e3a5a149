import type { Selectable } from 'kysely';
import type { Json } from '#connectors/kit/contract.ts';
import type { Content } from '#contract/content.ts';
import type { DeliveryState, HoldReason } from '#contract/deliveries.ts';
import type { pillars } from '#contract/posts.ts';

/** A fault as it is kept on the row. */
export type KeptFault = {
  kind: string;
  field: string | null;
  said: string;
  retryAt: string | null;
  at: string;
};

export type PublishingTables = {
  post: {
    workspace_id: string;
    id: string;
    content: Content;
    language: string;
    serves: 'goal' | 'initiative' | 'none' | 'undecided';
    goal_id: string | null;
    initiative_id: string | null;
    pillar: (typeof pillars)[number] | null;
    persona_id: string | null;
    key_message_id: string | null;
    planned_local: string | null;
    planned_zone: string | null;
    planned_at: Date | null;
    author_id: string;
    revision: number;
    created_at: Date;
    updated_at: Date;
    deleted_at: Date | null;
  };
  variant: {
    workspace_id: string;
    id: string;
    post_id: string;
    channel_id: string;
    content: Content | null;
    removed_at: Date | null;
  };
  delivery: {
    workspace_id: string;
    id: string;
    group_id: string;
    position: number;
    role: 'post' | 'comment';
    post_id: string;
    variant_id: string;
    channel_id: string;
    network: string;
    state: DeliveryState;
    held_reason: HoldReason | null;
    due_at: Date;
    zone: string;
    local_due: string;
    not_before: Date;
    waits: boolean;
    fence: number;
    lease_until: Date | null;
    tries: number;
    seed: string;
    prepared_at: Date | null;
    first_send_at: Date | null;
    next_look_at: Date | null;
    looks: number;
    told_at: Date | null;
    let_go_at: Date | null;
    processing_token: string | null;
    fault: KeptFault | null;
    remote_id: string | null;
    address: string | null;
    receipt: Json;
    published_at: Date | null;
    excerpt: string;
    removed_at: Date | null;
    corrected_at: Date | null;
    /** As it stands there since it was corrected. */
    content_live: Content | null;
    take_down_asked_at: Date | null;
    correction_asked_at: Date | null;
    /** Until then one process is at what was asked. */
    finishing_until: Date | null;
    /** What is to stand there, while a correction is not confirmed. */
    content_asked: Content | null;
    /** When it last began to be held. */
    held_at: Date | null;
    /** When its outcome was last not known. */
    doubted_at: Date | null;
    /** When the network was first seen to have it no longer. */
    gone_at: Date | null;
    created_at: Date;
    updated_at: Date;
  };
  attempt: {
    workspace_id: string;
    id: string;
    delivery_id: string;
    number: number;
    fence: number;
    key: string | null;
    fingerprint: string;
    request: Json;
    media_ids: string[];
    armed_at: Date;
    deadline_at: Date;
    settled_at: Date | null;
    outcome: 'published' | 'processing' | 'not-reached' | 'unknown' | null;
    fault: KeptFault | null;
  };
};

export type PostRow = Selectable<PublishingTables['post']>;
export type VariantRow = Selectable<PublishingTables['variant']>;
export type DeliveryRow = Selectable<PublishingTables['delivery']>;
export type AttemptRow = Selectable<PublishingTables['attempt']>;
