import { z } from 'zod';

/** However it was spelt, an id is the one text that the database gives back. */
const id = <B extends string>(_brand: B) => z.uuid().toLowerCase().brand<B>();

export const WorkspaceId = id('WorkspaceId');
export type WorkspaceId = z.infer<typeof WorkspaceId>;
/** A person's id is the id of their sign-in account: opaque text. */
export const PersonId = z.string().min(1).max(64).brand<'PersonId'>();
export type PersonId = z.infer<typeof PersonId>;
export const ObjectiveId = id('ObjectiveId');
export type ObjectiveId = z.infer<typeof ObjectiveId>;
export const GoalId = id('GoalId');
export type GoalId = z.infer<typeof GoalId>;
export const InitiativeId = id('InitiativeId');
export type InitiativeId = z.infer<typeof InitiativeId>;
export const ChannelId = id('ChannelId');
export type ChannelId = z.infer<typeof ChannelId>;
export const MediumId = id('MediumId');
export type MediumId = z.infer<typeof MediumId>;
/** A file that comes in parts. */
export const UploadId = id('UploadId');
export type UploadId = z.infer<typeof UploadId>;
export const PostId = id('PostId');
export type PostId = z.infer<typeof PostId>;
export const VariantId = id('VariantId');
export type VariantId = z.infer<typeof VariantId>;
export const DeliveryId = id('DeliveryId');
export type DeliveryId = z.infer<typeof DeliveryId>;
export const PersonaId = id('PersonaId');
export type PersonaId = z.infer<typeof PersonaId>;
export const KeyMessageId = id('KeyMessageId');
export type KeyMessageId = z.infer<typeof KeyMessageId>;
export const HoldId = id('HoldId');
export type HoldId = z.infer<typeof HoldId>;
export const InvitationId = id('InvitationId');
export type InvitationId = z.infer<typeof InvitationId>;
export const ReconnectLinkId = id('ReconnectLinkId');
export type ReconnectLinkId = z.infer<typeof ReconnectLinkId>;
export const ApiKeyId = id('ApiKeyId');
export type ApiKeyId = z.infer<typeof ApiKeyId>;
/** A session's public name; its token is never shown. */
export const SessionId = z.string().min(1).max(64).brand<'SessionId'>();
export type SessionId = z.infer<typeof SessionId>;
export const NoticeId = id('NoticeId');
export type NoticeId = z.infer<typeof NoticeId>;
/** A browser that takes notices by push. */
export const PushDeviceId = id('PushDeviceId');
export type PushDeviceId = z.infer<typeof PushDeviceId>;
