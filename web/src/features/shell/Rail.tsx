import { Link } from '@tanstack/react-router'
import { Tooltip } from 'antd'
import { Search, SquarePen } from 'lucide-react'
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
  return (
    <nav className={styles.rail} aria-label={t('nav.main')}>
      <Link to="/inbox" className={styles.logo} aria-label={t('app.name')}>
        <img src="/favicon.svg" alt="" width="28" height="28" />
      </Link>
      {useDestinations().map(({ to, name, icon: Icon, keys }) => (
        <Tooltip key={to} title={`${t(name)}  ${keyLabel(keys)}`} placement="right">
          <Link to={to} className={styles.item} aria-label={t(name)}>
            <Icon size={19} strokeWidth={1.8} aria-hidden="true" />
          </Link>
        </Tooltip>
      ))}
      <Tooltip title={`${t('nav.search')}  ${keyLabel('$mod+k')}`} placement="right">
        <button
          type="button"
          className={styles.item}
          aria-label={t('nav.search')}
          onClick={() => show('palette')}
        >
          <Search size={19} strokeWidth={1.8} aria-hidden="true" />
        </button>
      </Tooltip>
      {mayCreate && (
        <Tooltip title={`${t('nav.newTicket')}  ${keyLabel('c')}`} placement="right">
          <button
            type="button"
            className={styles.item}
            aria-label={t('nav.newTicket')}
            onClick={() => show('new-ticket')}
          >
            <SquarePen size={18} strokeWidth={1.8} aria-hidden="true" />
          </button>
        </Tooltip>
      )}
      <span className={styles.spacer} />
      <NotificationBell className={styles.item} />
      <UserMenu />
    </nav>
  )
}
