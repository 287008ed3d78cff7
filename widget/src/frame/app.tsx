import { Fragment, h } from 'preact'
import { Composer } from './composer'
import { EmailCard, PreChat } from './forms'
import { Close } from './icons'
import { Dots, Log } from './log'
import type { Ui } from './ui'

export function App(ui: Ui) {
  return (
    <div id="app">
      <Head {...ui} />
      <Body {...ui} />
    </div>
  )
}

function Head({ state, chat, t }: Ui) {
  const { config, link, online } = state
  const name = config?.name ?? t.chat
  const reached = link === 'live' || link === 'polling'
  const status = reached ? (online ? t.online : t.away) : t.connecting
  return (
    <header>
      {config?.brand.logo && <img class="logo" src={config.brand.logo} alt="" />}
      <div class="who">
        <h1>{name}</h1>
        {state.view === 'chat' && (
          <p class={`status ${reached && online}`} role="status">
            {status}
          </p>
        )}
      </div>
      {chat.embedded && (
        <button type="button" class="icon" aria-label={t.close} onClick={() => chat.close()}>
          <Close />
        </button>
      )}
    </header>
  )
}

function Body(ui: Ui) {
  const { state, t } = ui
  switch (state.view) {
    case 'loading':
      return (
        <main class="middle" aria-busy="true">
          <Dots />
        </main>
      )
    case 'form':
      return <PreChat {...ui} />
    case 'sign-in':
      return <main class="middle">{t.signIn}</main>
    case 'unavailable':
      return (
        <main class="middle">
          <p>{t.unavailable}</p>
          <button type="button" class="primary" onClick={() => location.reload()}>
            {t.retry}
          </button>
        </main>
      )
    case 'chat':
      return (
        <>
          {state.link === 'offline' && (
            <p class="bar warn" role="status">
              {t.offline}
            </p>
          )}
          <Log {...ui} />
          {state.help?.(ui)}
          <EmailCard {...ui} />
          {state.closed && <p class="bar">{t.closed}</p>}
          <Composer {...ui} />
        </>
      )
  }
}
