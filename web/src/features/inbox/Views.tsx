import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import {
  AtSign,
  CircleCheck,
  CircleDot,
  CircleSlash,
  Clock,
  Eye,
  Hourglass,
  Inbox as InboxIcon,
  Layers,
  type LucideIcon,
  ShieldAlert,
  UserRound,
  UserRoundX,
  Users,
} from 'lucide-react'
import { memo } from 'react'
import { type View, viewsQuery } from '@/shared/api'
import { localized, useLocale, useTranslation } from '@/shared/i18n'
import { useCan } from '@/shared/session'
import { ErrorState, Skeleton } from '@/shared/ui'
import styles from './Inbox.module.css'

const icons: Record<string, LucideIcon> = {
  mine: UserRound,
  unassigned: UserRoundX,
  mentions: AtSign,
  watching: Eye,
  open: CircleDot,
  waiting: Hourglass,
  snoozed: Clock,
  resolved: CircleCheck,
  closed: CircleSlash,
  all: Layers,
}

export function useViews() {
  const { t } = useTranslation()
  const locale = useLocale()
  const query = useQuery(viewsQuery)
  const name = (id: string): string =>
    localized(
      query.data?.find((item) => item.id === id)?.name,
      locale,
      t(`views.${id}` as 'views.mine', { defaultValue: id }),
    )
  return { ...query, views: query.data ?? [], name }
}

const isTeam = (view: View) => view.id.startsWith('team:')

export const Views = memo(function Views({ current }: { current: string }) {
  const { t } = useTranslation()
  const { views, error, isPending, refetch } = useViews()
  const mayQuarantine = useCan('quarantine:read')
  const teams = views.filter(isTeam)
  if (error) return <ErrorState error={error} retry={refetch} />
  return (
    <nav className={styles.views} aria-label={t('views.title')}>
      <h2>{t('nav.inbox')}</h2>
      {isPending && <Skeleton lines={8} />}
      <ViewList views={views.filter((view) => !isTeam(view))} current={current} />
      {teams.length > 0 && <h3>{t('views.teams')}</h3>}
      <ViewList views={teams} current={current} />
      {mayQuarantine && (
        <ul className={styles.viewsEnd}>
          <li>
            <Link to="/admin/quarantine" className={styles.view}>
              <ShieldAlert size={15} aria-hidden="true" />
              <span className="truncate">{t('views.quarantine')}</span>
            </Link>
          </li>
        </ul>
      )}
    </nav>
  )
})

function ViewList({ views, current }: { views: View[]; current: string }) {
  const { name } = useViews()
  return (
    <ul>
      {views.map((view) => {
        const Icon = icons[view.id] ?? (isTeam(view) ? Users : InboxIcon)
        return (
          <li key={view.id}>
            <Link
              to="/inbox"
              search={{ view: view.id }}
              className={styles.view}
              aria-current={view.id === current ? 'page' : undefined}
            >
              <Icon size={15} aria-hidden="true" />
              <span className="truncate">{name(view.id)}</span>
              <Count view={view} />
            </Link>
          </li>
        )
      })}
    </ul>
  )
}

export function Count({ view }: { view: View }) {
  const { t } = useTranslation()
  if (!view.count) return null
  return (
    <span className={styles.viewCount}>
      {view.count_capped ? t('views.capped', { count: view.count }) : view.count}
    </span>
  )
}
