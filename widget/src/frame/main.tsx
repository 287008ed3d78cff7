import { h, render } from 'preact'
import { buildApi } from '../core/wire'
import { App } from './app'
import { Controller } from './controller'
import { buildStore, initial } from './state'
import { composing } from './ui'

/** The page stands at ROOT/chat/KEY/frame, whatever path the desk itself is served below. */
const root = location.pathname.replace(/\/frame\/?$/, '')
const key = decodeURIComponent(root.slice(root.lastIndexOf('/') + 1))
const parent = new URLSearchParams(location.search).get('parent')
const store = buildStore(initial, draw)
const chat = new Controller(buildApi(location.origin + root, parent), store, { key, parent })

function draw(): void {
  const state = store.get()
  const { config, t, locale } = state
  if (!t) return
  const { documentElement: html } = document
  const title = config?.name ?? t.chat
  html.lang = locale
  if (!document.title.endsWith(title)) document.title = title
  if (config) {
    for (const name of ['color', 'on', 'light', 'dark'] as const) {
      html.style.setProperty(`--brand-${name}`, config.brand[name])
    }
  }
  render(<App state={state} chat={chat} t={t} locale={locale} />, document.body)
}

addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && !composing(event)) chat.close()
})
