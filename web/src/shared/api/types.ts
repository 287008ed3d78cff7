/** Shapes of the HTTP API as this app uses them. */

export type Id = string
export type Time = string
export interface Page<T> {
  items: T[]
  next_cursor: string | null
}
export interface Problem {
  type?: string
  title?: string
  status: number
  detail?: string
  code: string
  errors?: { field?: string; message: string }[]
}

export type PresenceState = 'online' | 'away' | 'offline'
export interface Grant {
  permission: string
  scope: string
}
export interface Me {
  agent: {
    id: Id
    name: string
    email: string
    locale: string
    theme: string
    avatar_url: string | null
    signature: string
    preferences: Record<string, unknown>
    totp_enabled: boolean
  }
  workspace: { id: Id; slug: string; name: string; time_zone: string; setup_done: boolean }
  permissions: Grant[]
  presence: { state: PresenceState; capacity: number; load: number }
  teams: { id: Id; name: string }[]
  version: string
}
export interface AgentRef {
  id: Id
  name: string
  email: string
  state: PresenceState
  teams: Id[]
  active: boolean
}
export interface Team {
  id: Id
  name: string
}
export interface View {
  id: string
  name: Record<string, string>
  icon: string
  group: string
  count: number | null
  count_capped: boolean
}
export interface Status {
  id: string
  category: StatusCategory
  name: Record<string, string>
  allowed: string[]
}

export type StatusCategory = 'new' | 'open' | 'waiting' | 'resolved' | 'closed'
export type Priority = 'low' | 'normal' | 'high' | 'urgent'

export interface TicketRow {
  id: Id
  number: number
  subject: string
  status: string
  status_category: StatusCategory
  priority: Priority
  type: string
  tags: string[]
  channel: string
  inbox_id: Id | null
  brand_id: Id | null
  team_id: Id | null
  assignee_id: Id | null
  requester: { id: Id; name: string }
  preview: string
  message_count: number
  last_message_at: Time | null
  last_customer_at: Time | null
  waiting_since: Time | null
  unread: boolean
  snoozed_until: Time | null
  version: number
  created_at: Time
  updated_at: Time
  draft: boolean
}
export interface Conversation {
  id: Id
  channel: string
  inbox_id: Id | null
  can_reply: boolean
  window_closes_at: Time | null
  contact_id: Id
  reply_to: string | null
  reason: string
  read_at: Time | null
}
export interface Ticket extends TicketRow {
  description: string
  watchers: Id[]
  fields: Record<string, unknown>
  conversations: Conversation[]
  participants: { address: string; name: string }[]
  follow_up_of: Id | null
  first_reply_at: Time | null
  resolved_at: Time | null
  allowed_statuses: string[]
  abilities: string[]
}
export interface TicketChange {
  subject?: string
  status?: string
  priority?: Priority
  type?: string
  assignee_id?: Id | null
  team_id?: Id | null
  tags?: string[]
  snoozed_until?: Time | null
}

export interface Attachment {
  id: Id
  name: string
  content_type: string
  size: number
  inline: boolean
  content_id: string | null
  url: string
}
export type DeliveryState =
  | 'queued'
  | 'sending'
  | 'sent'
  | 'delivered'
  | 'read'
  | 'failed'
  | 'unknown'
  | 'cancelled'
export interface Mention {
  kind: 'agent' | 'team'
  id: Id
}
export interface Address {
  address: string
  name?: string
}
export interface Message {
  id: Id
  ticket_id: Id
  conversation_id: Id | null
  direction: 'in' | 'out' | 'note' | 'system'
  visibility: 'public' | 'internal'
  author: { kind: string; id: Id | null; name: string }
  body_text: string
  body_html: string | null
  quoted_html: string | null
  quoted_text: string | null
  attachments: Attachment[]
  delivery: {
    state: DeliveryState
    error: string | null
    at: Time | null
    undo_until: Time | null
  } | null
  automatic: boolean
  mentions: Mention[]
  channel: string | null
  subject: string | null
  to: Address[]
  cc: Address[]
  has_raw: boolean
  sender_verdict: 'pass' | 'fail' | 'none' | null
  client_id: string | null
  created_at: Time
  edited_at: Time | null
}
export interface NewMessage {
  body: string
  body_html?: string
  visibility: 'public' | 'internal'
  conversation_id?: Id
  seen_up_to?: Id
  attachments?: Id[]
  mentions?: Mention[]
  client_id?: string
  status?: string
  to?: string[]
  cc?: string[]
  confirm_stale?: boolean
}
export interface Draft {
  body_html: string
  body: string
  attachments: Attachment[]
  mentions: Mention[]
  updated_at?: Time | null
}
export interface HistoryEntry {
  id: Id
  at: Time
  actor: { kind: string; id: Id | null; name: string } | null
  type: string
  changes: Record<string, [unknown, unknown]>
  cause: Record<string, unknown>
  data: Record<string, unknown>
}
export interface Viewer {
  agent_id: Id
  name: string
  state: 'viewing' | 'typing'
}
export interface FileInfo {
  id: Id
  name: string
  content_type: string
  size: number
  url: string
}
export interface Notification {
  id: Id
  kind: 'mention' | 'assigned' | 'reply'
  ticket_id: Id
  ticket_number: number
  text: string
  actor: { kind: string; id: Id | null; name: string } | null
  at: Time
  read: boolean
}
export interface SearchHit {
  kind: 'ticket' | 'contact'
  id: Id
  number?: number | null
  title: string
  snippet: string
  at: Time | null
}
export interface Identity {
  id: Id
  kind: string
  scope: string
  value: string
  strength: number
  verified: boolean
  source: string
  first_seen_at: Time
  last_seen_at: Time
}
export interface Contact {
  id: Id
  name: string
  avatar_url: string | null
  company: { id: Id; name: string } | null
  locale: string | null
  time_zone: string | null
  note: string
  tags: string[]
  vip: boolean
  blocked: boolean
  identities: Identity[]
  created_at: Time
  ticket_count: number
}
export type Transport = 'webhook' | 'pull' | 'stream' | 'socket' | 'form'
/** What a channel can carry, as far as a screen asks. */
export interface Capabilities {
  transport: Transport
  html: boolean
  files: boolean
  max_text: number | null
  recipients: boolean
  subject: boolean
  typing: boolean
}
export interface Channel {
  id: string
  name: Record<string, string>
  icon: string
  description: Record<string, string>
  capabilities: Capabilities
}
