import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Dropdown } from 'antd'
import { Plus, ShieldAlert } from 'lucide-react'
import { memo, Suspense, useState } from 'react'
import { ViewPanel, type ViewStart } from '@/features/views'
import { hiddenViews, hideViews, type View, viewsQuery } from '@/shared/api'
import { localized, useLocale, useTranslation } from '@/shared/i18n'
import { useAction } from '@/shared/page'
import { useCan } from '@/shared/session'
import { ErrorState, IconButton, Skeleton } from '@/shared/ui'
import styles from './Inbox.module.css'
import { ViewLink } from './ViewLink'

export function useViews() {
  const { t } = useTranslation()
  const locale = useLocale()
  const query = useQuery(viewsQuery)
  const name = (id: string): string =>
    localized(
      query.data?.find((item) => item.id === id)?.name,
      locale,
      t(`views.${id}` as 'views.mine', { defaultValue: t('nav.inbox') }),
    )
  return { ...query, views: query.data ?? [], name }
}

/** A panel over the list: a new view, or one that is changed. */
export type Editing = { view: View | null; start?: ViewStart } | null

const sections = ['own', 'shared', 'views', 'teams'] as const
const titles = {
  own: 'views.own',
  shared: 'views.shared',
  views: null,
  teams: 'views.teams',
} as const

interface Props {
  current: string
  choose: (id: string) => void
}

export const Views = memo(function Views({ current, choose }: Props) {
  const { t } = useTranslation()
  const { views, error, isPending, refetch } = useViews()
  const mayQuarantine = useCan('quarantine:read')
  const [editing, edit] = useState<Editing>(null)
  if (error) return <ErrorState error={error} retry={refetch} />
  const order = [...sections].sort((a, b) => Number(b === 'views') - Number(a === 'views'))
  return (
    <nav className={styles.views} aria-label={t('views.title')}>
      <header className={styles.viewsHead}>
        <h2>{t('nav.inbox')}</h2>
        <Add edit={edit} />
      </header>
      {isPending && <Skeleton lines={8} />}
      {order.map((group) => {
        const mine = views.filter((view) => view.group === group)
        const title = titles[group]
        if (mine.length === 0) return null
        return (
          <section key={group}>
            {title && <h3>{t(title)}</h3>}
            <ul>
              {mine.map((view) => (
                <ViewLink key={view.id} view={view} among={mine} current={current} edit={edit} />
              ))}
            </ul>
          </section>
        )
      })}
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
      {editing && (
        <Suspense fallback={null}>
          <ViewPanel
            view={editing.view}
            start={editing.start}
            close={() => edit(null)}
            saved={(view) => choose(view.id)}
            removed={() => current === editing.view?.id && choose('mine')}
          />
        </Suspense>
      )}
    </nav>
  )
})

function Add({ edit }: { edit: (editing: Editing) => void }) {
  const { t } = useTranslation()
  const { run } = useAction()
  const manages = useCan('workspace:manage')
  const add = () => edit({ view: null })
  const button = (
    <IconButton
      icon={Plus}
      size="small"
      label={t('views.add')}
      onClick={manages ? undefined : add}
    />
  )
  if (!manages) return button
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: [
          { key: 'add', label: t('views.add'), onClick: add },
          {
            key: 'restore',
            label: t('views.restore'),
            onClick: () =>
              void run(
                async () => {
                  if ((await hiddenViews()).length > 0) await hideViews([])
                },
                { keys: [viewsQuery.queryKey], done: t('views.restored') },
              ),
          },
        ],
      }}
    >
      <span>{button}</span>
    </Dropdown>
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
