import type { Attachment, Draft, Mention } from '@/shared/api'

/** What is in the editor. */
export interface Content {
  html: string
  text: string
  mentions: Mention[]
  files: Attachment[]
}

export const nothing: Content = { html: '', text: '', mentions: [], files: [] }

export const isEmpty = ({ text, files }: Content) => text.trim() === '' && files.length === 0

export const fromDraft = (draft: Draft): Content => ({
  html: draft.body_html || asHtml(draft.body),
  text: draft.body,
  mentions: draft.mentions ?? [],
  files: draft.attachments ?? [],
})

const escaped = (text: string) =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')

/** Plain text as the editor reads it: a paragraph a line. */
export const asHtml = (text: string) =>
  text
    .split('\n')
    .map((line) => `<p>${escaped(line)}</p>`)
    .join('')

/** Puts text that was taken back before what has been written since. */
export function joined(first: Content, second: Content): Content {
  if (isEmpty(second)) return first
  const known = new Set(second.files.map((file) => file.id))
  return {
    html: first.html + second.html,
    text: `${first.text}\n${second.text}`,
    mentions: [...first.mentions, ...second.mentions],
    files: [...first.files.filter((file) => !known.has(file.id)), ...second.files],
  }
}

/** Has it any form that plain text would lose? Then the HTML goes along. */
export const isFormatted = (html: string) => /<(?!\/?(p|br)\b)[a-z]/i.test(html)
