import { Button, Drawer } from 'antd'
import { Suspense, useState } from 'react'
import { ConditionBuilder, ConditionSummary, ViewPanel } from '@/features/views'
import { type Condition, changeView, type View, viewsQuery } from '@/shared/api'
import { useTranslation } from '@/shared/i18n'
import { useAction } from '@/shared/page'
import { Skeleton } from '@/shared/ui'
import styles from './Inbox.module.css'
import { conditionIn, type InboxSearch } from './search'

type Change = (search: Partial<InboxSearch>) => void

interface Props {
  view: View | undefined
  search: InboxSearch
  change: Change
  open: boolean
  close: () => void
}

/** The condition of the list as it is, to change without saving. */
export function FilterPanel({ view, search, change, open, close }: Props) {
  const { t } = useTranslation()
  const start = conditionIn(search) ?? (view?.condition as Condition | undefined) ?? { all: [] }
  const [condition, setCondition] = useState<Condition>(start)
  const apply = () => {
    change({ condition: JSON.stringify(condition), ticket: undefined })
    close()
  }
  return (
    <Drawer
      open={open}
      title={t('views.filter')}
      onClose={close}
      size={640}
      styles={{ wrapper: { maxWidth: '100vw' } }}
      footer={
        <div className={styles.filterFoot}>
          <Button onClick={close}>{t('common.cancel')}</Button>
          <Button type="primary" onClick={apply}>
            {t('views.apply')}
          </Button>
        </div>
      }
    >
      <Suspense fallback={<Skeleton lines={4} />}>
        <ConditionBuilder value={condition} onChange={setCondition} />
      </Suspense>
    </Drawer>
  )
}

/** What the list shows differently from its view, and how to keep that. */
export function ChangedBar({ view, search, change }: Omit<Props, 'open' | 'close'>) {
  const { t } = useTranslation()
  const { run, busy } = useAction()
  const [keeping, keep] = useState(false)
  const condition = conditionIn(search)
  const sorted = Boolean(search.sort && view && search.sort !== view.sort && view.owner)
  if (!condition && !sorted) return null
  const shown = condition ?? ((view?.condition ?? { all: [] }) as Condition)
  const sort = search.sort ?? view?.sort ?? 'updated'
  const discard = () => change({ condition: undefined, sort: undefined })
  const save = async () => {
    if (!view) return
    const kept = await run(
      () => changeView(view.id, { condition: shown as Record<string, unknown>, sort }),
      { keys: [viewsQuery.queryKey, ['tickets']], done: t('common.saved') },
    )
    if (kept) discard()
  }
  return (
    <div className={styles.changed}>
      <Suspense fallback={null}>
        <ConditionSummary condition={shown} />
      </Suspense>
      <div className={styles.changedDo}>
        {view?.editable && (
          <Button size="small" type="primary" loading={busy !== null} onClick={() => void save()}>
            {t('views.save')}
          </Button>
        )}
        <Button size="small" onClick={() => keep(true)}>
          {t('views.saveAs')}
        </Button>
        <Button size="small" type="text" onClick={discard}>
          {t('views.discard')}
        </Button>
      </div>
      {keeping && (
        <Suspense fallback={null}>
          <ViewPanel
            view={null}
            start={{ condition: shown, sort }}
            close={() => keep(false)}
            saved={(made) => change({ view: made.id, condition: undefined, sort: undefined })}
          />
        </Suspense>
      )}
    </div>
  )
}
