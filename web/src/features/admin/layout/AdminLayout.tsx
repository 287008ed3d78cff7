import { Link, Outlet, useNavigate, useRouterState } from '@tanstack/react-router'
import { ChevronLeft } from 'lucide-react'
import { useMemo } from 'react'
import { useTranslation } from '@/shared/i18n'
import { useScreenCommands } from '@/shared/overlay'
import { useMe } from '@/shared/session'
import { Denied } from '@/shared/ui'
import styles from './AdminLayout.module.css'
import { visibleGroups } from './sections'

/** The console: its map on the left, one section on the right. On a phone the map is a page. */
export function AdminLayout() {
  const { t } = useTranslation()
  const me = useMe()
  const groups = useMemo(() => visibleGroups(me), [me])
  const path = useRouterState({ select: (state) => state.location.pathname })
  const top = /^\/admin\/?$/.test(path)
  // Deeper screens lead back by their own link.
  const section = /^\/admin\/[^/]+\/?$/.test(path)
  useSectionCommands()
  if (groups.length === 0) return <Denied permission="workspace:manage" />
  return (
    <div className={styles.layout} data-top={top}>
      <nav className={styles.nav} aria-label={t('admin.title')}>
        <h2>{t('admin.title')}</h2>
        {groups.map((group) => (
          <section key={group.id}>
            <h3>{t(`admin.groups.${group.id}`)}</h3>
            <ul>
              {group.sections.map(({ id, to, icon: Icon }) => (
                <li key={id}>
                  <Link to={to} className={styles.link}>
                    <Icon size={16} strokeWidth={1.8} aria-hidden="true" />
                    {t(`admin.sections.${id}`)}
                  </Link>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </nav>
      <div className={styles.content}>
        {section && (
          <Link to="/admin" className={styles.up}>
            <ChevronLeft size={16} aria-hidden="true" />
            {t('admin.title')}
          </Link>
        )}
        <Outlet />
      </div>
    </div>
  )
}

/** Every section is one command away. */
function useSectionCommands() {
  const { t } = useTranslation()
  const me = useMe()
  const navigate = useNavigate()
  useScreenCommands(
    t('admin.title'),
    visibleGroups(me)
      .flatMap((group) => group.sections)
      .map(({ id, to }) => ({
        id: `admin-${id}`,
        name: t(`admin.sections.${id}`),
        run: () => void navigate({ to }),
      })),
  )
}
