import { Link } from '@tanstack/react-router'
import { Search } from 'lucide-react'
import { useTranslation } from '@/shared/i18n'
import { useOverlay } from '@/shared/overlay'
import { NotificationBell } from './NotificationBell'
import { onBar, useDestinations } from './nav'
import styles from './Shell.module.css'
import { UserMenu } from './UserMenu'

/** The navigation of a phone: what is used all day; all else lies in the menu at its end. */
export function BottomBar() {
  const { t } = useTranslation()
  const show = useOverlay((state) => state.show)
  return (
    <nav className={styles.bottom} aria-label={t('nav.main')}>
      {useDestinations()
        .filter(onBar)
        .map(({ to, name, icon: Icon }) => (
          <Link key={to} to={to} className={styles.item}>
            <Icon size={20} strokeWidth={1.8} aria-hidden="true" />
            {t(name)}
          </Link>
        ))}
      <button
        type="button"
        className={styles.item}
        data-tour="palette"
        onClick={() => show('palette')}
      >
        <Search size={20} strokeWidth={1.8} aria-hidden="true" />
        {t('common.search')}
      </button>
      <NotificationBell withLabel />
      <UserMenu onPhone />
    </nav>
  )
}
