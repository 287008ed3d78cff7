import { Link } from '@tanstack/react-router'
import { Command, SquarePen } from 'lucide-react'
import { keyLabel } from '@/shared/hotkeys'
import { useTranslation } from '@/shared/i18n'
import { useOverlay } from '@/shared/overlay'
import { useCan } from '@/shared/session'
import { NotificationBell } from './NotificationBell'
import { useDestinations } from './nav'
import styles from './Shell.module.css'
import { UserMenu } from './UserMenu'

export function Rail() {
  const { t } = useTranslation()
  const show = useOverlay((state) => state.show)
  const mayCreate = useCan('ticket:create')
  const tip = (name: string, keys: string) => `${name}  ${keyLabel(keys)}`
  return (
    <nav className={styles.rail} aria-label={t('nav.main')}>
      <Link to="/inbox" className={styles.logo} aria-label={t('app.name')}>
        <img src="/favicon.svg" alt="" width="28" height="28" />
      </Link>
      {useDestinations().map(({ to, name, icon: Icon, keys }) => (
        <Link
          key={to}
          to={to}
          className={styles.item}
          aria-label={t(name)}
          aria-keyshortcuts={keys}
          data-tip={tip(t(name), keys)}
        >
          <Icon size={19} strokeWidth={1.8} aria-hidden="true" />
        </Link>
      ))}
      <button
        type="button"
        className={styles.item}
        data-tour="palette"
        aria-label={t('nav.search')}
        data-tip={tip(t('nav.search'), '$mod+k')}
        onClick={() => show('palette')}
      >
        <Command size={19} strokeWidth={1.8} aria-hidden="true" />
      </button>
      {mayCreate && (
        <button
          type="button"
          className={styles.item}
          aria-label={t('nav.newTicket')}
          data-tip={tip(t('nav.newTicket'), 'c')}
          onClick={() => show('new-ticket')}
        >
          <SquarePen size={18} strokeWidth={1.8} aria-hidden="true" />
        </button>
      )}
      <span className={styles.spacer} />
      <NotificationBell />
      <UserMenu />
    </nav>
  )
}
