import { Dropdown } from 'antd'
import { ArrowDownWideNarrow, Filter, PanelLeft, Search, Table2 } from 'lucide-react'
import { forwardRef, lazy, memo, Suspense, useState } from 'react'
import type { View } from '@/shared/api'
import { composing } from '@/shared/hotkeys'
import { useTranslation } from '@/shared/i18n'
import { usePreferences } from '@/shared/theme'
import { Choice, IconButton, TextField, useTyped } from '@/shared/ui'
import styles from './Inbox.module.css'
import type { InboxSearch } from './search'
import { useWide } from './useForm'
import { Count, useViews } from './Views'

const FilterPanel = lazy(() => import('./ListFilter').then((m) => ({ default: m.FilterPanel })))

const sorts = {
  updated: 'list.sortRecent',
  waiting: 'list.sortWaiting',
  due: 'list.sortDue',
  created: 'list.sortNewest',
} as const
type Sort = keyof typeof sorts

interface Props {
  search: InboxSearch
  change: (search: Partial<InboxSearch>) => void
}

const Header = forwardRef<HTMLInputElement, Props>(function ListHeader({ search, change }, field) {
  const { t } = useTranslation()
  const { views, name } = useViews()
  const { viewsOpen, set } = usePreferences()
  const view = search.view ?? 'mine'
  const current = views.find((item) => item.id === view)
  const sort = (search.sort ?? current?.sort ?? 'updated') as Sort
  return (
    <header className={styles.listHeader}>
      <div className={styles.listTitle}>
        <span className={styles.viewsToggle}>
          <IconButton
            icon={PanelLeft}
            label={viewsOpen ? t('views.hide') : t('views.show')}
            pressed={viewsOpen}
            onClick={() => set({ viewsOpen: !viewsOpen })}
          />
        </span>
        <h1 className={viewsOpen ? styles.viewName : styles.viewNameHidden}>
          <span className="truncate">{name(view)}</span>
          {current && <Count view={current} />}
        </h1>
        <span className={viewsOpen ? styles.viewSelectNarrow : styles.viewSelect}>
          <Choice
            label={t('views.choose')}
            items={views.map((item) => ({
              key: item.id,
              label: name(item.id) + (item.count ? ` · ${item.count}` : ''),
              onClick: () =>
                change({
                  view: item.id,
                  ticket: undefined,
                  q: undefined,
                  sort: undefined,
                  condition: undefined,
                }),
            }))}
          >
            <span className="truncate">
              {name(view)}
              {current?.count ? ` · ${current.count}` : ''}
            </span>
          </Choice>
        </span>
        <FormButtons search={search} change={change} view={current} />
        <Dropdown
          trigger={['click']}
          menu={{
            selectedKeys: [sort],
            items: (Object.keys(sorts) as Sort[]).map((key) => ({
              key,
              label: t(sorts[key]),
              onClick: () => change({ sort: key === 'updated' ? undefined : key }),
            })),
          }}
        >
          <span>
            <IconButton
              icon={ArrowDownWideNarrow}
              label={`${t('list.sort')}: ${t(sorts[sort] ?? sorts.updated)}`}
            />
          </span>
        </Dropdown>
      </div>
      <SearchField
        ref={field}
        value={search.q ?? ''}
        change={(q) => change({ q: q || undefined })}
      />
    </header>
  )
})

/** Not drawn again while one leafs through tickets. */
export const ListHeader = memo(Header)

/** Narrows the list by any condition; and the list as a table, where there is room. */
function FormButtons({ search, change, view }: Props & { view: View | undefined }) {
  const { t } = useTranslation()
  const { listForm, set } = usePreferences()
  const isWide = useWide()
  const [open, setOpen] = useState(false)
  return (
    <>
      <IconButton
        icon={Filter}
        label={t('views.filter')}
        pressed={Boolean(search.condition)}
        onClick={() => setOpen(true)}
      />
      {isWide && (
        <IconButton
          icon={Table2}
          label={t('views.table')}
          pressed={listForm === 'table'}
          onClick={() => {
            set({ listForm: listForm === 'table' ? 'compact' : 'table' })
            if (listForm === 'compact') change({ ticket: undefined })
          }}
        />
      )}
      {open && (
        <Suspense fallback={null}>
          <FilterPanel
            view={view}
            search={search}
            change={change}
            open
            close={() => setOpen(false)}
          />
        </Suspense>
      )}
    </>
  )
}

const SearchField = forwardRef<HTMLInputElement, { value: string; change: (q: string) => void }>(
  function SearchField({ value, change }, field) {
    const { t } = useTranslation()
    const { text, setText, composition } = useTyped(value, change)
    return (
      <TextField
        ref={field}
        icon={Search}
        type="search"
        value={text}
        placeholder={t('list.search')}
        aria-label={t('list.search')}
        aria-keyshortcuts="/"
        onChange={setText}
        {...composition}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && !composing(event)) event.currentTarget.blur()
        }}
      />
    )
  },
)
