/** Shapes of the administrators' part of the HTTP API. */
import type { AgentRef, Channel, Grant, Id, Time } from './types'

export interface Workspace {
  id: Id
  slug: string
  name: string
  locale: string
  time_zone: string
  settings: Record<string, unknown>
  setup_done: boolean
}
export interface Brand {
  id: Id
  name: string
  color: string
  logo_file_id: Id | null
  logo_url: string | null
  locale: string
  sender_name: string
  signature: string
}
export interface Unit {
  id: Id
  name: string
  parent_id: Id | null
  kind: string
}
export interface Team {
  id: Id
  name: string
  unit_id: Id | null
  description: string
  assignment: { mode: 'manual' | 'round_robin' }
  members: Id[]
}
export interface Agent extends AgentRef {
  locale: string
  capacity: number
  role_ids: Id[]
  team_ids: Id[]
  totp_enabled: boolean
  created_at: Time
  initial_password?: string
}
export interface NewAgent {
  name: string
  email: string
  password?: string
  role_ids: Id[]
  team_ids: Id[]
  locale?: string
  capacity: number
}
export interface RoleGrant extends Grant {
  unit_id?: Id | null
}
export interface Role {
  id: Id
  name: string
  /** admin, lead, agent or viewer: it came with the workspace. */
  system: string | null
  grants: RoleGrant[]
}
export interface PermissionInfo {
  permission: string
  title: Record<string, string>
  scopes: string[]
}

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
  'x-help'?: Record<string, string>
  'x-choices'?: Record<string, Record<string, string>>
}
export interface ChannelInfo extends Channel {
  tier: string
  docs: string
  has_inbox: boolean
  settings_schema: Schema
  strings: Record<string, Record<string, unknown>>
}
export interface Inbox {
  id: Id
  name: string
  channel: string
  brand_id: Id
  team_id: Id | null
  settings: Record<string, unknown>
  /** Names of the secrets that are stored. */
  secrets_set: string[]
  active: boolean
  state: {
    last_in_at: Time | null
    last_out_at: Time | null
    last_error: string | null
    last_error_at: Time | null
  }
  embed: { key?: string; snippet?: string; url?: string; webhook_url?: string }
}
export interface Envelope {
  id: Id
  inbox_id: Id
  state: string
  reason: string | null
  detail: string | null
  size: number
  content_type: string
  sender: string
  subject: string
  preview: string
  ticket_id: Id | null
  received_at: Time
  /** Only of one item. */
  text?: string
  files?: { name: string; content_type: string }[]
}
export interface Token {
  id: Id
  name: string
  prefix: string
  scopes: string[]
  agent_id: Id | null
  created_by: Id | null
  created_at: Time
  expires_at: Time | null
  last_used_at: Time | null
  token?: string
}
export interface NewToken {
  name: string
  scopes: string[]
  expires_at?: Time | null
}
export interface Webhook {
  id: Id
  name: string
  url: string
  events: string[]
  active: boolean
  state: string
  disabled_reason: string | null
  failing_since: Time | null
  created_at: Time
  secret?: string
}
export interface Delivery {
  id: Id
  event_id: Id
  ticket_id: Id | null
  type: string
  state: 'pending' | 'delivered' | 'failed'
  attempts: number
  next_at: Time | null
  status: number | null
  response: string | null
  error: string | null
  duration_ms: number | null
  created_at: Time
  done_at: Time | null
  body: string
}
export interface AuditEntry {
  seq: number | string
  at: Time
  actor: { kind: string; id: Id | null; name: string }
  action: string
  object: { kind: string; id: Id | null; name?: string }
  detail: Record<string, unknown>
  ip: string
  hash: string
}
export interface SetupStep {
  id: string
  done: boolean
}
