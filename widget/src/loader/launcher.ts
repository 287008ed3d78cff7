import type { Config } from '../shared/protocol'
import { strings } from './strings'
import { CSS } from './styles'

const BUBBLE = ['M4 5.5h16v11H11l-4.5 4v-4H4z', 'M8 10h8', 'M8 13h5']
const DOWN = ['M6 9.5l6 6 6-6']
const CROSS = ['M6 6l12 12', 'M18 6L6 18']

function icon(paths: string[]): SVGSVGElement {
  const ns = 'http://www.w3.org/2000/svg'
  const svg = document.createElementNS(ns, 'svg')
  svg.setAttribute('viewBox', '0 0 24 24')
  svg.setAttribute('aria-hidden', 'true')
  for (const d of paths) {
    const path = document.createElementNS(ns, 'path')
    path.setAttribute('d', d)
    svg.append(path)
  }
  return svg
}

function element<K extends keyof HTMLElementTagNameMap>(tag: K, className: string) {
  const node = document.createElement(tag)
  node.className = className
  return node
}

function adopt(root: ShadowRoot): void {
  try {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(CSS)
    root.adoptedStyleSheets = [sheet]
  } catch {
    // Browsers without constructable sheets (WeChat on old Android).
    const style = document.createElement('style')
    style.textContent = CSS
    root.append(style)
  }
}

export interface Launcher {
  show(config: Config, locale: string): void
  frame(url: string): HTMLIFrameElement
  dropFrame(): void
  toggle(open: boolean): void
  unread(count: number): void
  hint(text: string | null): void
  focus(): void
}

/** Everything that stands on the host page itself: round button, badge, greeting, panel. */
export function buildLauncher(on: { toggle(): void; near(): void; dismiss(): void }): Launcher {
  const host = document.createElement('yizhan-chat')
  const root = host.attachShadow({ mode: 'closed' })
  adopt(root)
  const dock = element('div', 'dock')
  const hint = element('div', 'hint')
  const say = element('button', 'say')
  const no = element('button', 'no')
  const panel = element('div', 'panel')
  const button = element('button', 'launch')
  const badge = element('span', 'badge')
  for (const b of [say, no, button]) b.type = 'button'
  no.append(icon(CROSS))
  hint.append(say, no)
  hint.hidden = panel.hidden = badge.hidden = dock.hidden = true
  dock.append(hint, button, panel)
  root.append(dock)
  document.documentElement.append(host)

  let text = strings('en')
  let isOpen = false
  let count = 0
  const label = () => {
    const what = isOpen ? text.close : text.open
    button.setAttribute('aria-label', count && !isOpen ? `${what} (${text.unread(count)})` : what)
    button.setAttribute('aria-expanded', String(isOpen))
    button.replaceChildren(icon(isOpen ? DOWN : BUBBLE), badge)
    badge.textContent = count > 99 ? '99+' : String(count)
    badge.hidden = !count || isOpen
  }
  button.onclick = say.onclick = on.toggle
  button.onpointerenter = button.onfocus = say.onfocus = on.near
  no.onclick = () => {
    hint.hidden = true
    on.dismiss()
  }
  root.addEventListener('keydown', (event) => {
    if ((event as KeyboardEvent).key === 'Escape' && isOpen) on.toggle()
  })

  return {
    show(config, locale) {
      text = strings(locale)
      dock.style.setProperty('--brand', config.brand.color)
      dock.style.setProperty('--on', config.brand.on)
      dock.classList.toggle('left', config.position === 'left')
      dock.lang = locale
      no.setAttribute('aria-label', text.dismiss)
      dock.hidden = false
      label()
    },
    frame(url) {
      const frame = document.createElement('iframe')
      frame.title = text.frame
      frame.allow = 'clipboard-write'
      frame.src = url
      panel.replaceChildren(frame)
      return frame
    },
    dropFrame: () => panel.replaceChildren(),
    toggle(open) {
      isOpen = open
      panel.hidden = !open
      dock.classList.toggle('open', open)
      hint.hidden ||= open
      label()
    },
    unread(n) {
      count = n
      label()
    },
    hint(words) {
      say.textContent = words
      hint.hidden = !words || isOpen
    },
    focus: () => button.focus(),
  }
}
