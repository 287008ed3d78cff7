import type { Inbox } from '@/shared/api/admin'

/** What goes into the pages of a site; the server's own text when it gives one. */
export function snippetOf(
  { channel, embed }: Pick<Inbox, 'channel' | 'embed'>,
  origin: string,
): string | null {
  if (embed.snippet) return embed.snippet
  if (channel !== 'chat' || !embed.key) return null
  return `<script async src="${origin}/widget/loader.js" data-key="${embed.key}"></script>`
}
