import { createElement, type ReactNode, useMemo } from 'react'
import styles from './Rendered.module.css'

const tags = new Set(
  (
    'a b blockquote br caption code dd del details div dl dt em figcaption figure h2 h3 h4 hr i img ins kbd ' +
    'li mark ol p pre s span strong sub summary sup table tbody td tfoot th thead tr u ul'
  ).split(' '),
)
const empty = new Set(['br', 'hr', 'img'])
const picture = /^\/api\/v1\/(?:knowledge\/)?files\/\d+$/
const spans = { colspan: 'colSpan', rowspan: 'rowSpan', start: 'start' } as const

function propsOf(element: Element, tag: string): Record<string, unknown> | null {
  const props: Record<string, unknown> = {}
  if (tag === 'a') {
    const href = element.getAttribute('href') ?? ''
    if (/^(https?:|mailto:|tel:)/i.test(href)) {
      Object.assign(props, { href, target: '_blank', rel: 'noreferrer noopener' })
    }
  }
  if (tag === 'img') {
    const src = element.getAttribute('src') ?? ''
    if (!picture.test(src)) return null
    Object.assign(props, { src, alt: element.getAttribute('alt') ?? '', loading: 'lazy' })
  }
  for (const [name, prop] of Object.entries(spans)) {
    const value = element.getAttribute(name)
    if (value && /^\d{1,3}$/.test(value)) props[prop] = Number(value)
  }
  return props
}

/** White space between the parts of a table is none of its children. */
const isGap = (node: Node, parent: string) =>
  /^(table|thead|tbody|tfoot|tr)$/.test(parent) && !(node.textContent ?? '').trim()

function draw(node: Node, at: number, parent: string): ReactNode {
  if (node.nodeType === Node.TEXT_NODE) return isGap(node, parent) ? null : node.textContent
  if (!(node instanceof Element)) return null
  const tag = node.localName
  const children = () => [...node.childNodes].map((child, place) => draw(child, place, tag))
  if (!tags.has(tag)) return children()
  const props = propsOf(node, tag)
  if (!props) return null
  return createElement(tag, { key: at, ...props }, ...(empty.has(tag) ? [] : [children()]))
}

/** An article's text, drawn from parts that we know: nothing else of its markup reaches the page. */
export function Rendered({ html, lang }: { html: string; lang?: string }) {
  const drawn = useMemo(() => {
    const { body } = new DOMParser().parseFromString(html, 'text/html')
    return [...body.childNodes].map((node, at) => draw(node, at, ''))
  }, [html])
  return (
    <div className={styles.article} lang={lang}>
      {drawn}
    </div>
  )
}
