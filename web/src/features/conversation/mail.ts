import type { Attachment } from '@/shared/api'

const simple = new Set([
  'A',
  'B',
  'BLOCKQUOTE',
  'BR',
  'CODE',
  'DIV',
  'EM',
  'I',
  'LI',
  'OL',
  'P',
  'PRE',
  'S',
  'SPAN',
  'STRONG',
  'U',
  'UL',
  'DEL',
  'H1',
  'H2',
  'H3',
  'H4',
  'HR',
])

export interface Node {
  tag: string
  text?: string
  href?: string
  mention?: boolean
  /** The attachment that is shown here. */
  picture?: Attachment
  children: Node[]
}

/**
 * Reads simple HTML into plain nodes; `null` when it needs a page of its own: for styles, tables, and
 * pictures that did not come along.
 */
export function simpleNodes(html: string, attachments: Attachment[]): Node[] | null {
  const body = new DOMParser().parseFromString(html, 'text/html').body
  const nodes: Node[] = []
  for (const child of body.childNodes) {
    const node = read(child, attachments)
    if (node === null) return null
    if (node) nodes.push(node)
  }
  return nodes
}

function read(source: ChildNode, attachments: Attachment[]): Node | null | undefined {
  if (source.nodeType === 3) return { tag: '#text', text: source.textContent ?? '', children: [] }
  if (source.nodeType !== 1) return undefined
  const element = source as HTMLElement
  if (element.tagName === 'IMG') return pictureNode(element, attachments)
  if (!simple.has(element.tagName)) return null
  if (element.hasAttribute('style') || element.hasAttribute('bgcolor')) return null
  const children: Node[] = []
  for (const child of element.childNodes) {
    const node = read(child, attachments)
    if (node === null) return null
    if (node) children.push(node)
  }
  return {
    tag: element.tagName.toLowerCase(),
    href: safeLink(element.getAttribute('href')),
    mention: element.dataset.type === 'mention',
    children,
  }
}

function pictureNode(element: HTMLElement, attachments: Attachment[]): Node | null {
  const picture = shownBy(element.getAttribute('src') ?? '', attachments)
  return picture && isPicture(picture) ? { tag: 'img', picture, children: [] } : null
}

export function safeLink(href: string | null): string | undefined {
  return href && /^(https?:|mailto:|tel:)/i.test(href.trim()) ? href.trim() : undefined
}

const remote =
  /(?:src|background)\s*=\s*["']?\s*(?:https?:)?\/\/|url\(\s*["']?\s*(?:https?:)?\/\//gi

/** How many pictures would be fetched from elsewhere, telling the sender that the mail was opened. */
export const remoteImages = (html: string) => html.match(remote)?.length ?? 0

// SVG may carry scripts, so it is only ever downloaded.
export const isPicture = ({ content_type }: Pick<Attachment, 'content_type'>) =>
  /^image\/(png|jpe?g|gif|webp|avif|bmp)$/.test(content_type)

const bare = (id: string) => id.replace(/^<|>$/g, '')

/** The attachment that a `cid:` address means. */
function shownBy(src: string, attachments: Attachment[]): Attachment | undefined {
  if (!/^cid:/i.test(src)) return undefined
  const name = bare(decoded(src.slice(4)))
  return attachments.find((file) => file.content_id && bare(file.content_id) === name)
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** `cid:` addresses become those of the attachments that came with the mail. */
export const withInline = (html: string, attachments: Attachment[]): string =>
  html.replace(/cid:[^"'\s)>]+/gi, (whole) => {
    const found = shownBy(whole, attachments)
    return found ? new URL(found.url, window.location.origin).href : whole
  })

/** A whole page for the frame: no scripts, no forms, and pictures only from where they are allowed. */
export function mailPage(html: string, options: { images: boolean; origin: string }): string {
  const sources = options.images
    ? `data: ${options.origin} https: http:`
    : `data: ${options.origin}`
  const policy = `default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src ${sources}`
  return `<!doctype html><html><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}"><base target="_blank"><meta name="referrer" content="no-referrer"><style>
html{overflow-x:auto;overflow-y:hidden}body{margin:0;padding:12px;font:14px/1.6 -apple-system,'Segoe UI','PingFang SC','Microsoft YaHei','Noto Sans CJK SC',sans-serif;color:#1a1f1d;background:#fff;overflow-wrap:anywhere}
img{max-width:100%;height:auto}table{max-width:100%}pre{white-space:pre-wrap}a{color:#0a6154}blockquote{margin:8px 0;padding-left:10px;border-left:3px solid #d5dcd9}
</style></head><body>${html}</body></html>`
}
