import { Button } from 'antd'
import { type LucideIcon, Plus, Search } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from '@/shared/i18n'
import { Bar, Guard, More, Page, QueryView, SearchBox } from '@/shared/page'
import { useCan } from '@/shared/session'
import { Empty } from '@/shared/ui'
import { Tabs } from './Tabs'

interface Props<T> {
  q: string
  find: { label: string; change: (search: { q?: string }) => void }
  query: Parameters<typeof More>[0]['query'] & {
    data: { pages: { items: T[] }[] } | undefined
    error: Error | null
    refetch: () => unknown
  }
  /** What a button at the top and in an empty list offers, to whoever may. */
  add: { permission: string; text: string; panel: (close: () => void) => ReactNode }
  empty: { icon: LucideIcon; title: string; hint: string }
  noMatchHint?: string
  children: (items: T[]) => ReactNode
}

/** People or companies: found by what is typed, page by page, and added. */
export function Listing<T>({ q, find, query, add, empty, noMatchHint, children }: Props<T>) {
  const { t } = useTranslation()
  const mayAdd = useCan(add.permission)
  const [adding, setAdding] = useState(false)
  const button = mayAdd && (
    <Button type="primary" icon={<Plus size={15} />} onClick={() => setAdding(true)}>
      {add.text}
    </Button>
  )
  const none = q ? (
    <Empty icon={Search} title={t('kit.noMatch', { query: q })} hint={noMatchHint} />
  ) : (
    <Empty {...empty}>{button}</Empty>
  )
  const rows = query.data?.pages.flatMap((page) => page.items)
  return (
    <Guard permission="contact:read">
      <Page title={t('people.title')} lead={t('people.lead')} actions={button} width="wide">
        <Tabs />
        <Bar>
          <SearchBox
            value={q}
            label={find.label}
            onChange={(next) => find.change(next ? { q: next } : {})}
          />
        </Bar>
        <QueryView query={{ ...query, data: rows }} lines={10}>
          {(items) => (items.length > 0 ? children(items) : none)}
        </QueryView>
        <More query={query} />
        {adding && add.panel(() => setAdding(false))}
      </Page>
    </Guard>
  )
}
