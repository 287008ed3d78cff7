import { useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { visibleGroups } from '@/features/admin'
import { updateMe } from '@/shared/api'
import { needWords, useTranslation } from '@/shared/i18n'
import { type Command, useOverlay } from '@/shared/overlay'
import { granted, useCan, useMe } from '@/shared/session'
import { type Locale, type ThemeChoice, usePreferences } from '@/shared/theme'

const languages: [Locale, string][] = [
  ['zh-CN', '简体中文'],
  ['en', 'English'],
]

/** The pages of the console that this person may open. Their names come when they are wanted. */
function useAdminCommands(): Command[] {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const me = useMe()
  const [ready, setReady] = useState(false)
  useEffect(() => {
    let open = true
    void needWords('admin', 'setup').then(() => open && setReady(true))
    return () => {
      open = false
    }
  }, [])
  if (!ready) return []
  const pages: Command[] = visibleGroups(me)
    .flatMap(({ sections }) => sections)
    .map(({ id, to }) => ({
      id: `admin-${id}`,
      name: t(`admin.sections.${id}`),
      run: () => void navigate({ to }),
    }))
  if (!granted(me, 'workspace:manage')) return pages
  return [
    ...pages,
    { id: 'setup', name: t('setup.title'), run: () => void navigate({ to: '/setup' }) },
  ]
}

/** Commands that are there on every screen, by group. */
export function useCommands(): Record<string, Command[]> {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const show = useOverlay((state) => state.show)
  const { set, locale, theme: chosenTheme } = usePreferences()
  const mayCreate = useCan('ticket:create')
  const mayReply = useCan('ticket:reply')
  const mayCount = useCan('report:read')
  const mayKnow = useCan('knowledge:read')
  const look = (wanted: { theme?: ThemeChoice; locale?: Locale }) => {
    set(wanted)
    // The next device begins with it; without the server it holds on this one.
    void updateMe(wanted).catch(() => undefined)
  }
  const theme = (name: ThemeChoice): Command => ({
    id: `theme-${name}`,
    name: `${t('menu.theme')}: ${t(`menu.${name}`)}`,
    current: chosenTheme === name,
    run: () => look({ theme: name }),
  })
  const language = ([id, name]: [Locale, string]): Command => ({
    id: `language-${id}`,
    name: `${t('menu.language')}: ${name}`,
    current: locale === id,
    run: () => look({ locale: id }),
  })
  const create: Command = {
    id: 'new-ticket',
    name: t('nav.newTicket'),
    keys: 'c',
    run: () => show('new-ticket'),
  }
  const articles: Command = {
    id: 'knowledge',
    name: t('nav.knowledge'),
    keys: 'g k',
    run: () => void navigate({ to: '/knowledge', search: {} }),
  }
  const reports: Command = {
    id: 'reports',
    name: t('nav.reports'),
    keys: 'g r',
    run: () => void navigate({ to: '/reports' }),
  }
  return {
    [t('palette.goTo')]: [
      ...(mayCreate ? [create] : []),
      {
        id: 'inbox',
        name: t('nav.inbox'),
        keys: 'g i',
        run: () => void navigate({ to: '/inbox' }),
      },
      {
        id: 'customers',
        name: t('nav.customers'),
        keys: 'g c',
        run: () => void navigate({ to: '/customers' }),
      },
      ...(mayKnow ? [articles] : []),
      ...(mayCount ? [reports] : []),
      {
        id: 'admin',
        name: t('nav.admin'),
        keys: 'g a',
        run: () => void navigate({ to: '/admin' }),
      },
      {
        id: 'find',
        name: t('nav.find'),
        keys: 'g s',
        run: () => void navigate({ to: '/search' }),
      },
      { id: 'macros', name: t('macros.title'), run: () => void navigate({ to: '/macros' }) },
      { id: 'bulk', name: t('bulk.title'), run: () => void navigate({ to: '/bulk' }) },
      { id: 'account', name: t('nav.account'), run: () => void navigate({ to: '/account' }) },
    ],
    [t('nav.admin')]: useAdminCommands(),
    [t('palette.settings')]: [
      theme('light'),
      theme('dark'),
      theme('system'),
      ...languages.map(language),
      {
        id: 'shortcuts',
        name: t('menu.shortcuts'),
        keys: '?',
        run: () => show('shortcuts'),
      },
      { id: 'tour', name: t('menu.tour'), run: () => show('tour') },
      ...(mayReply
        ? [{ id: 'practice', name: t('menu.practice'), run: () => show('practice') }]
        : []),
    ],
  }
}
