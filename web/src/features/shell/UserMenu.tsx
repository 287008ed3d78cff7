import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { App, Dropdown, type MenuProps } from 'antd'
import { Check, Keyboard, Languages, LogOut, Moon, User } from 'lucide-react'
import { type Me, meQuery, type PresenceState, setPresence, signOut, updateMe } from '@/shared/api'
import { useTranslation } from '@/shared/i18n'
import { useOverlay } from '@/shared/overlay'
import { useMe } from '@/shared/session'
import { type Locale, type ThemeChoice, usePreferences } from '@/shared/theme'
import { Avatar, errorText } from '@/shared/ui'
import styles from './Shell.module.css'

const states = ['online', 'away', 'offline'] as const
const themes = ['system', 'light', 'dark'] as const
const languages = { 'zh-CN': '简体中文', en: 'English' } satisfies Record<Locale, string>

const mark = (on: boolean) => (on ? <Check size={14} aria-hidden="true" /> : <span />)

function usePresence() {
  const client = useQueryClient()
  const { message } = App.useApp()
  const { t } = useTranslation()
  return async (state: PresenceState) => {
    const before = client.getQueryData<Me>(meQuery.queryKey)
    client.setQueryData<Me>(meQuery.queryKey, (me) =>
      me ? { ...me, presence: { ...me.presence, state } } : me,
    )
    await setPresence(state).catch((error: unknown) => {
      client.setQueryData(meQuery.queryKey, before)
      message.error(errorText(t, error))
    })
  }
}

function useMenu(): MenuProps['items'] {
  const { t } = useTranslation()
  const me = useMe()
  const client = useQueryClient()
  const navigate = useNavigate()
  const preferences = usePreferences()
  const show = useOverlay((state) => state.show)
  const changePresence = usePresence()

  async function leave() {
    await signOut().catch(() => undefined)
    client.clear()
    await navigate({ to: '/sign-in' })
  }
  function choose(change: { theme?: ThemeChoice; locale?: Locale }) {
    preferences.set(change)
    void updateMe(change).catch(() => undefined)
  }

  return [
    {
      type: 'group',
      label: `${me.agent.name} · ${me.workspace.name}`,
      children: states.map((state) => ({
        key: state,
        icon: mark(me.presence.state === state),
        label: t(`presence.${state}`),
        onClick: () => void changePresence(state),
      })),
    },
    { type: 'divider' },
    {
      key: 'account',
      icon: <User size={14} />,
      label: t('nav.account'),
      onClick: () => void navigate({ to: '/account' }),
    },
    {
      key: 'theme',
      icon: <Moon size={14} />,
      label: t('menu.theme'),
      children: themes.map((theme) => ({
        key: `theme-${theme}`,
        icon: mark(preferences.theme === theme),
        label: t(`menu.${theme}`),
        onClick: () => choose({ theme }),
      })),
    },
    {
      key: 'language',
      icon: <Languages size={14} />,
      label: t('menu.language'),
      children: (Object.keys(languages) as Locale[]).map((locale) => ({
        key: `language-${locale}`,
        icon: mark(preferences.locale === locale),
        label: languages[locale],
        onClick: () => choose({ locale }),
      })),
    },
    {
      key: 'shortcuts',
      icon: <Keyboard size={14} />,
      label: t('menu.shortcuts'),
      onClick: () => show('shortcuts'),
    },
    { type: 'divider' },
    {
      key: 'sign-out',
      icon: <LogOut size={14} />,
      label: t('menu.signOut'),
      onClick: () => void leave(),
    },
  ]
}

export function UserMenu({
  className = styles.me,
  withLabel = false,
}: {
  className?: string
  withLabel?: boolean
}) {
  const { t } = useTranslation()
  const me = useMe()
  const items = useMenu()
  const label = `${me.agent.name}, ${t(`presence.${me.presence.state}`)}`
  return (
    <Dropdown menu={{ items }} trigger={['click']} placement="topRight">
      <button type="button" className={className} aria-label={label}>
        <Avatar
          name={me.agent.name}
          url={me.agent.avatar_url}
          size={withLabel ? 22 : 32}
          state={me.presence.state}
        />
        {withLabel && t('nav.me')}
      </button>
    </Dropdown>
  )
}
