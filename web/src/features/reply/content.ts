import type { Attachment, Draft, Mention, Message } from '@/shared/api'
import { contentId, picturesIn } from './pictures'
import type { Recipients } from './recipients'

/** What is in the editor. */
export interface Content {
  html: string
  text: string
  mentions: Mention[]
  files: Attachment[]
  /** All that were ever put into the text; which of them are in it, the text says itself. */
  pictures: Attachment[]
  /** `null` leaves it to the server: whoever wrote. */
  recipients: Recipients | null
}

export const nothing: Content = {
  html: '',
  text: '',
  mentions: [],
  files: [],
  pictures: [],
  recipients: null,
}

export const isEmpty = ({ text, files }: Content) => text.trim() === '' && files.length === 0

/** Every file that goes along: first what the text shows, then what is attached to it. */
export function attachmentsOf({ html, files, pictures }: Content): Attachment[] {
  const shown = new Set(picturesIn(html))
  const inline = pictures
    .filter((file) => shown.has(file.id))
    .map((file) => ({ ...file, inline: true, content_id: contentId(file.id) }))
  return [...inline, ...files.filter((file) => !shown.has(file.id))]
}

interface Stored {
  recipients?: Recipients | null
  html: string
  text: string
  mentions: Mention[]
  attachments: Attachment[]
}

function fromStored({ html, text, mentions, attachments, recipients = null }: Stored): Content {
  const shown = new Set(picturesIn(html))
  return {
    html,
    text,
    mentions,
    files: attachments.filter((file) => !shown.has(file.id)),
    pictures: attachments.filter((file) => shown.has(file.id)),
    recipients,
  }
}

export const fromDraft = (draft: Draft): Content =>
  fromStored({
    html: draft.body_html || asHtml(draft.body),
    text: draft.body,
    mentions: draft.mentions ?? [],
    attachments: draft.attachments ?? [],
    recipients: draft.to || draft.cc ? { to: draft.to ?? [], cc: draft.cc ?? [] } : null,
  })

/** A message that was taken back. */
export const fromMessage = (message: Message): Content =>
  fromStored({
    html: message.body_html ?? asHtml(message.body_text),
    text: message.body_text,
    mentions: message.mentions,
    attachments: message.attachments,
    recipients: message.to.length + message.cc.length > 0 ? recipientsOf(message) : null,
  })

const recipientsOf = ({ to, cc }: Message): Recipients => ({
  to: to.map(({ address }) => address),
  cc: cc.map(({ address }) => address),
})

const escaped = (text: string) =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')

/** Plain text as the editor reads it: a paragraph a line. */
export const asHtml = (text: string) =>
  text
    .split('\n')
    .map((line) => `<p>${escaped(line)}</p>`)
    .join('')

const union = (first: Attachment[], second: Attachment[]) => {
  const known = new Set(second.map((file) => file.id))
  return [...first.filter((file) => !known.has(file.id)), ...second]
}

/** Puts text that was taken back before what has been written since. */
export function joined(first: Content, second: Content): Content {
  if (isEmpty(second)) return first
  return {
    html: first.html + second.html,
    text: `${first.text}\n${second.text}`,
    mentions: [...first.mentions, ...second.mentions],
    files: union(first.files, second.files),
    pictures: union(first.pictures, second.pictures),
    recipients: second.recipients ?? first.recipients,
  }
}

/** Has it any form that plain text would lose? Then the HTML goes along. */
export const isFormatted = (html: string) => /<(?!\/?(p|br)\b)[a-z]/i.test(html)
