import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from '@/shared/i18n'
import { type Command, useOverlay } from '@/shared/overlay'
import { useCan } from '@/shared/session'
import { type ThemeChoice, usePreferences } from '@/shared/theme'

/** Commands that are there on every screen, by group. */
export function useCommands(): Record<string, Command[]> {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const show = useOverlay((state) => state.show)
  const { set, locale } = usePreferences()
  const mayCreate = useCan('ticket:create')
  const theme = (name: ThemeChoice): Command => ({
    id: `theme-${name}`,
    name: `${t('menu.theme')}: ${t(`menu.${name}`)}`,
    run: () => set({ theme: name }),
  })
  const create: Command = {
    id: 'new-ticket',
    name: t('nav.newTicket'),
    keys: 'c',
    run: () => show('new-ticket'),
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
      {
        id: 'admin',
        name: t('nav.admin'),
        keys: 'g a',
        run: () => void navigate({ to: '/admin' }),
      },
      { id: 'account', name: t('nav.account'), run: () => void navigate({ to: '/account' }) },
    ],
    [t('palette.settings')]: [
      theme('light'),
      theme('dark'),
      theme('system'),
      {
        id: 'language',
        name: `${t('menu.language')}: ${locale === 'en' ? '简体中文' : 'English'}`,
        run: () => set({ locale: locale === 'en' ? 'zh-CN' : 'en' }),
      },
      {
        id: 'shortcuts',
        name: t('menu.shortcuts'),
        keys: '?',
        run: () => show('shortcuts'),
      },
    ],
  }
}
