/** Names for the shapes of the administrators' part of the HTTP API. */
import type { components } from './schema.gen'
import type { Answer } from './typed'
import type { Channel } from './types'

type Schemas = components['schemas']

export type { Team } from './types'
export type Workspace = Schemas['WorkspaceOut']
export type WorkspaceChange = Schemas['WorkspaceChange']
export type Brand = Schemas['BrandOut']
export type Unit = Schemas['UnitOut']
export type Agent = Schemas['AgentOut']
export type NewAgent = Schemas['AgentIn']
export type AgentChange = Schemas['AgentChange']
export type Role = Schemas['RoleOut']
export type RoleGrant = Schemas['GrantOut']
export type PermissionInfo = Schemas['PermissionOut']
export type Inbox = Schemas['InboxOut']
export type NewInbox = Schemas['NewInbox']
export type Envelope = Schemas['EnvelopeOut']
export type EnvelopeDetail = Schemas['EnvelopeDetail']
export type Token = Schemas['TokenOut']
export type NewToken = Schemas['TokenIn']
export type Webhook = Schemas['WebhookOut']
export type NewWebhook = Schemas['WebhookIn']
export type Delivery = Answer<'get', '/webhooks/{webhook_id}/deliveries'>['items'][number]
export type AuditEntry = Schemas['AuditOut']
export type SetupStep = Schemas['Step']

/** JSON Schema, as far as a form is drawn from it: the channels describe their settings in it. */
export interface Schema {
  type?: string | string[]
  title?: string
  description?: string
  default?: unknown
  enum?: unknown[]
  const?: unknown
  format?: string
  pattern?: string
  minimum?: number
  maximum?: number
  minLength?: number
  maxLength?: number
  writeOnly?: boolean
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  anyOf?: Schema[]
  oneOf?: Schema[]
  $ref?: string
  $defs?: Record<string, Schema>
  'x-title'?: Record<string, string>
  /** Asked only where another field beside it has one of these values. */
  'x-when'?: Record<string, unknown[]>
  'x-help'?: Record<string, string>
  'x-choices'?: Record<string, Record<string, string>>
}
export type ChannelInfo = Channel & { settings_schema: Schema }
