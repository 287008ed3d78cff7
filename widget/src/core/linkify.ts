/** Text cut into plain pieces and links; only http, https and mail addresses become links. */

export interface Piece {
  text: string
  href: string | null
}

const LINK = /https?:\/\/[^\s<>"'，。！？；：、（）《》【】“”‘’]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+/gi

function trimmed(link: string): string {
  let text = link
  for (;;) {
    const shorter = text.replace(/[.,!?;:*_~]+$/, '')
    const open = shorter.split('(').length
    const closed = shorter.split(')').length
    const next = shorter.endsWith(')') && closed > open ? shorter.slice(0, -1) : shorter
    if (next === text) return text
    text = next
  }
}

function target(text: string): string | null {
  if (!/^https?:/i.test(text)) return `mailto:${text}`
  try {
    return new URL(text).href
  } catch {
    return null
  }
}

export function linkify(text: string): Piece[] {
  const pieces: Piece[] = []
  let at = 0
  for (const match of text.matchAll(LINK)) {
    const link = trimmed(match[0])
    const href = target(link)
    if (!href) continue
    if (match.index > at) pieces.push({ text: text.slice(at, match.index), href: null })
    pieces.push({ text: link, href })
    at = match.index + link.length
  }
  if (at < text.length) pieces.push({ text: text.slice(at), href: null })
  return pieces
}
