import { useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { Compass, FlaskConical, Keyboard, Layers, LogOut, SquarePen, User, Zap } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { type Me, meQuery, type PresenceState, setPresence, signOut, updateMe } from '@/shared/api'
import { useTranslation } from '@/shared/i18n'
import { leave as forget, useOutbox } from '@/shared/offline'
import { stopBeingWoken } from '@/shared/offline/push'
import { useOverlay } from '@/shared/overlay'
import { useCan, useMe } from '@/shared/session'
import { type Locale, type ThemeChoice, usePreferences } from '@/shared/theme'
import { Avatar, ConfirmBar, errorText, Kbd } from '@/shared/ui'
import { onBar, useDestinations } from './nav'
import styles from './UserPanel.module.css'

const states = ['online', 'away', 'offline'] as const
const themes = ['system', 'light', 'dark'] as const
const languages = { 'zh-CN': '简体中文', en: 'English' } satisfies Record<Locale, string>

interface Props {
  close: () => void
  /** With the places for which a phone's bar has no room. */
  places: boolean
}

/** Who I am, whether I take work, and how this screen looks. */
export default function UserPanel({ close, places }: Props) {
  const { t } = useTranslation()
  const me = useMe()
  const client = useQueryClient()
  const navigate = useNavigate()
  const preferences = usePreferences()
  const show = useOverlay((state) => state.show)
  const { change, problem } = usePresence()

  function choose(wanted: { theme?: ThemeChoice; locale?: Locale }) {
    preferences.set(wanted)
    void updateMe(wanted).catch(() => undefined)
  }
  const unsent = useOutbox(({ items }) => items.length)
  const [asking, setAsking] = useState(false)
  async function leave() {
    await signOut().catch(() => undefined)
    await stopBeingWoken()
    await forget({ wholly: true })
    client.clear()
    await navigate({ to: '/sign-in' })
  }

  return (
    <div className={styles.panel}>
      {places && <Places close={close} />}
      <header>
        <Avatar name={me.agent.name} url={me.agent.avatar_url} size={36} />
        <div>
          <strong>{me.agent.name}</strong>
          <small>{me.workspace.name}</small>
        </div>
      </header>
      <Choice
        label={t('presence.label')}
        options={states.map((state) => [state, t(`presence.${state}`)])}
        value={me.presence.state}
        choose={(state) => void change(state)}
      />
      <p className={styles.hint} role={problem ? 'alert' : undefined}>
        {problem || t('presence.load', me.presence)}
      </p>
      <Choice
        label={t('menu.theme')}
        options={themes.map((theme) => [theme, t(`menu.${theme}`)])}
        value={preferences.theme}
        choose={(theme) => choose({ theme })}
      />
      <Choice
        label={t('menu.language')}
        options={Object.entries(languages) as [Locale, string][]}
        value={preferences.locale}
        choose={(locale) => choose({ locale })}
      />
      <hr />
      <Link to="/account" className={styles.row} onClick={close}>
        <User size={15} aria-hidden="true" /> {t('nav.account')}
      </Link>
      <Link to="/macros" className={styles.row} onClick={close}>
        <Zap size={15} aria-hidden="true" /> {t('macros.title')}
      </Link>
      <Link to="/bulk" className={styles.row} onClick={close}>
        <Layers size={15} aria-hidden="true" /> {t('bulk.title')}
      </Link>
      <Row
        run={() => {
          close()
          show('shortcuts')
        }}
      >
        <Keyboard size={15} aria-hidden="true" /> {t('menu.shortcuts')} <Kbd keys="?" />
      </Row>
      <Help close={close} />
      <Row run={() => (unsent > 0 ? setAsking(true) : void leave())}>
        <LogOut size={15} aria-hidden="true" /> {t('menu.signOut')}
      </Row>
      {asking && (
        <ConfirmBar
          title={t('connection.unsent', { count: unsent })}
          hint={t('connection.unsentHint')}
        >
          <button type="button" className={styles.row} onClick={() => setAsking(false)}>
            {t('common.cancel')}
          </button>
          <button type="button" className={styles.row} onClick={() => void leave()}>
            {t('connection.discardAll')}
          </button>
        </ConfirmBar>
      )}
    </div>
  )
}

/** For newcomers: a walk along the desk, and customers who may be kept waiting. */
function Help({ close }: { close: () => void }) {
  const { t } = useTranslation()
  const show = useOverlay((state) => state.show)
  const mayReply = useCan('ticket:reply')
  const open = (overlay: 'tour' | 'practice') => () => {
    close()
    show(overlay)
  }
  return (
    <>
      <Row run={open('tour')}>
        <Compass size={15} aria-hidden="true" /> {t('menu.tour')}
      </Row>
      {mayReply && (
        <Row run={open('practice')}>
          <FlaskConical size={15} aria-hidden="true" /> {t('menu.practice')}
        </Row>
      )}
    </>
  )
}

function Places({ close }: { close: () => void }) {
  const { t } = useTranslation()
  const show = useOverlay((state) => state.show)
  const mayCreate = useCan('ticket:create')
  const others = useDestinations().filter((place) => !onBar(place))
  return (
    <nav className={styles.places} aria-label={t('nav.more')}>
      {others.map(({ to, name, icon: Icon }) => (
        <Link key={to} to={to} onClick={close}>
          <Icon size={20} strokeWidth={1.8} aria-hidden="true" />
          {t(name)}
        </Link>
      ))}
      {mayCreate && (
        <button
          type="button"
          onClick={() => {
            close()
            show('new-ticket')
          }}
        >
          <SquarePen size={20} strokeWidth={1.8} aria-hidden="true" />
          {t('nav.newTicket')}
        </button>
      )}
    </nav>
  )
}

function Row({ run, children }: { run: () => void; children: ReactNode }) {
  return (
    <button type="button" className={styles.row} onClick={run}>
      {children}
    </button>
  )
}

interface ChoiceProps<T extends string> {
  label: string
  options: [value: T, name: string][]
  value: T
  choose: (value: T) => void
}

function Choice<T extends string>({ label, options, value, choose }: ChoiceProps<T>) {
  return (
    <fieldset className={styles.choice}>
      <legend>{label}</legend>
      <div>
        {options.map(([option, name]) => (
          <label key={option} data-on={option === value}>
            <input
              type="radio"
              name={label}
              checked={option === value}
              onChange={() => choose(option)}
            />
            {name}
          </label>
        ))}
      </div>
    </fieldset>
  )
}

function usePresence() {
  const client = useQueryClient()
  const { t } = useTranslation()
  const [problem, setProblem] = useState('')
  async function change(state: PresenceState) {
    const before = client.getQueryData<Me>(meQuery.queryKey)
    client.setQueryData<Me>(meQuery.queryKey, (me) =>
      me ? { ...me, presence: { ...me.presence, state } } : me,
    )
    setProblem('')
    await setPresence(state).catch((error: unknown) => {
      client.setQueryData(meQuery.queryKey, before)
      setProblem(errorText(t, error))
    })
  }
  return { change, problem }
}
