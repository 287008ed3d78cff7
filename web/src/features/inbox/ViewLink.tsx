import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Dropdown, type MenuProps } from 'antd'
import {
  AtSign,
  CircleCheck,
  CircleDot,
  CircleSlash,
  Clock,
  Ellipsis,
  Eye,
  Filter,
  Hourglass,
  Layers,
  type LucideIcon,
  UserRound,
  UserRoundX,
  Users,
} from 'lucide-react'
import type { ViewStart } from '@/features/views'
import {
  type Condition,
  hiddenViews,
  hideViews,
  orderViews,
  type View,
  viewsQuery,
} from '@/shared/api'
import { useTranslation } from '@/shared/i18n'
import { useAction } from '@/shared/page'
import { useCan } from '@/shared/session'
import { IconButton } from '@/shared/ui'
import styles from './Inbox.module.css'
import { Count, type Editing, useViews } from './Views'
import { moved } from './viewOrder'

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

interface Props {
  view: View
  /** Its own section: what it can move among. */
  among: View[]
  current: string
  edit: (editing: Editing) => void
}

/** A view of the side bar: a link, what can be done with it, and a place that drag or Alt+arrows change. */
export function ViewLink({ view, among, current, edit }: Props) {
  const { t } = useTranslation()
  const { name } = useViews()
  const put = usePut()
  const at = among.findIndex((item) => item.id === view.id)
  const step = (by: number) => {
    const other = among[at + by]
    if (other) void put(view.id, other.id)
  }
  const Icon = icons[view.id] ?? (view.group === 'teams' ? Users : Filter)
  const items = useItems(view, edit, step, { first: at === 0, last: at === among.length - 1 })
  return (
    // Dragging is only one way; the menu and Alt with an arrow key do the same.
    <li
      className={styles.viewItem}
      draggable
      onDragStart={(event) => event.dataTransfer.setData('text/x-view', view.id)}
      onDragOver={(event) => {
        if (event.dataTransfer.types.includes('text/x-view')) event.preventDefault()
      }}
      onDrop={(event) => {
        event.preventDefault()
        const id = event.dataTransfer.getData('text/x-view')
        if (among.some((item) => item.id === id)) void put(id, view.id)
      }}
    >
      <Link
        to="/inbox"
        search={{ view: view.id }}
        className={styles.view}
        draggable={false}
        aria-current={view.id === current ? 'page' : undefined}
        aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown"
        onKeyDown={(event) => {
          if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return
          event.preventDefault()
          step(event.key === 'ArrowUp' ? -1 : 1)
        }}
      >
        <Icon size={15} aria-hidden="true" />
        <span className="truncate">{name(view.id)}</span>
        <Count view={view} />
      </Link>
      <Dropdown trigger={['click']} menu={{ items }} placement="bottomRight">
        <span className={styles.viewMenu}>
          <IconButton
            icon={Ellipsis}
            size="small"
            label={t('views.more', { name: name(view.id) })}
          />
        </span>
      </Dropdown>
    </li>
  )
}

/** Keeps a new order: at once here, then on the server. */
function usePut() {
  const client = useQueryClient()
  const { run } = useAction()
  return async (id: string, to: string) => {
    const before = client.getQueryData(viewsQuery.queryKey) ?? []
    const ids = moved(
      before.map((view) => view.id),
      id,
      to,
    )
    client.setQueryData(
      viewsQuery.queryKey,
      ids.flatMap((one) => before.find((view) => view.id === one) ?? []),
    )
    await run(() => orderViews(ids), { keys: [viewsQuery.queryKey] })
  }
}

function useItems(
  view: View,
  edit: (editing: Editing) => void,
  step: (by: number) => void,
  { first, last }: { first: boolean; last: boolean },
): MenuProps['items'] {
  const { t } = useTranslation()
  const { name } = useViews()
  const { run } = useAction()
  const manages = useCan('workspace:manage')
  const copy: ViewStart = {
    name: t('views.copyOf', { name: name(view.id) }),
    condition: (view.condition ?? { all: [] }) as Condition,
    columns: view.columns as ViewStart['columns'],
    sort: view.sort,
    group_by: view.group_by as ViewStart['group_by'],
  }
  const hide = async () => {
    await hideViews([...(await hiddenViews()), view.id])
  }
  return [
    view.editable && {
      key: 'edit',
      label: t('views.edit'),
      onClick: () => edit({ view }),
    },
    view.condition && {
      key: 'copy',
      label: t('views.copy'),
      onClick: () => edit({ view: null, start: copy }),
    },
    { key: 'up', label: t('views.up'), disabled: first, onClick: () => step(-1) },
    { key: 'down', label: t('views.down'), disabled: last, onClick: () => step(1) },
    manages &&
      view.group === 'views' && {
        key: 'hide',
        label: t('views.putAway'),
        onClick: () => void run(hide, { keys: [viewsQuery.queryKey] }),
      },
  ].filter((item) => item !== false && item !== null && item !== undefined)
}
