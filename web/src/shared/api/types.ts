/** Names for the shapes of the HTTP API. The shapes themselves come from its description. */
import type { components } from './schema.gen'

type Schemas = components['schemas']

/** 64 bits, in decimal. */
export type Id = string
/** RFC 3339, UTC. */
export type Time = string
export interface Page<T> {
  items: T[]
  next_cursor?: string | null
}
/** RFC 9457, as every refusal is told. */
export interface Problem {
  type?: string
  title?: string
  status: number
  detail?: string
  code: string
  errors?: { field?: string; message: string }[]
}

type Someone = Schemas['Me']
/** The signed-in person: only a token of a workspace is nobody. */
export type Me = Someone & {
  agent: NonNullable<Someone['agent']>
  presence: NonNullable<Someone['presence']>
}
export type MeChange = Schemas['MeChange']
export type Grant = Schemas['GrantOut']
export type Credentials = Schemas['Login']
export type Session = Schemas['SessionOut']
export type AgentRef = Schemas['AgentRef']
export type PresenceState = AgentRef['state']
export type Team = Schemas['TeamOut']

export type View = Schemas['ViewOut']
export type Status = Schemas['StatusOut']
export type StatusCategory = Status['category']
export type TicketRow = Schemas['TicketRow']
export type Priority = TicketRow['priority']
/** A ticket; its messages are kept apart. */
export type Ticket = Omit<Schemas['TicketOut'], 'messages'>
export type TicketChange = Schemas['PatchTicket']
export type NewTicket = Schemas['CreateTicket']
export type Conversation = Schemas['ConversationOut']
export type HistoryEntry = Schemas['HistoryItem']
export type Viewer = Schemas['Viewer']

export type Message = Schemas['MessageOut']
export type NewMessage = Schemas['CreateMessage']
export type Attachment = Schemas['AttachmentOut']
export type Mention = Schemas['MentionOut']
export type Address = Schemas['Address']
export type DeliveryState = NonNullable<Message['delivery']>['state']
/** What was written so far. */
export type Draft = Pick<
  Schemas['DraftOut'],
  'body' | 'body_html' | 'attachments' | 'mentions' | 'to' | 'cc'
>
export type DraftBody = Schemas['DraftIn']
export type FileInfo = Schemas['FileOut']
export type Notification = Schemas['NotificationOut']
export type SearchHit = Schemas['Hit']
export type SearchFound = Schemas['SearchHits']
export type ViewIn = Schemas['ViewIn']
export type ViewChange = Schemas['ViewChange']
export type FilterField = Schemas['FieldOut']
export type FieldsOut = Schemas['FieldsOut']

export type Contact = Schemas['ContactOut']
export type ContactDetail = Schemas['ContactDetail']
export type ContactChange = Schemas['ContactChange']
export type NewContact = Schemas['NewContact']
export type Suggestion = Schemas['SuggestionOut']
export type Identity = Schemas['IdentityOut']
export type Company = Schemas['CompanyOut']
export type NewCompany = Schemas['NewCompany']

export type Channel = Schemas['ChannelOut']
/** What a channel can carry. */
export type Capabilities = Channel['capabilities']
export type Transport = Capabilities['transport']

export type PushState = Schemas['PushOut']
export type PushDevice = Schemas['PushDeviceOut']
export type PushChange = Schemas['PushChange']
export type PushGiven = Schemas['PushSubscription']
