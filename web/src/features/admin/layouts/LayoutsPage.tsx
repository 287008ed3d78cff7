import { useQuery } from '@tanstack/react-query'
import { Button, Segmented } from 'antd'
import { ArrowDown, ArrowUp, LayoutPanelLeft, Plus } from 'lucide-react'
import { useState } from 'react'
import { rolesQuery } from '@/shared/api/admin'
import {
  endTrial,
  type Layout,
  type LayoutPlace,
  layoutsQuery,
  orderLayouts,
  publishLayout,
  tryLayout,
  withdrawLayout,
} from '@/shared/api/layouts'
import { useTranslation } from '@/shared/i18n'
import { Guard, Page, QueryView, useAction } from '@/shared/page'
import { Empty, IconButton, Tag } from '@/shared/ui'
import { layoutKeys } from './keys'
import { LayoutPanel } from './LayoutPanel'
import styles from './layouts.module.css'
import { usePublished } from './useUndoable'

const places: LayoutPlace[] = ['panel', 'new']

export function LayoutsPage() {
  const { t } = useTranslation()
  const query = useQuery(layoutsQuery)
  const [place, setPlace] = useState<LayoutPlace>('panel')
  const [edited, setEdited] = useState<Layout | 'new' | null>(null)
  const add = (
    <Button type="primary" icon={<Plus size={15} />} onClick={() => setEdited('new')}>
      {t('layouts.add')}
    </Button>
  )
  return (
    <Guard permission="field:manage">
      <Page title={t('admin.sections.layouts')} lead={t('layouts.lead')} actions={add}>
        <div className={styles.bar}>
          <Segmented
            value={place}
            aria-label={t('layouts.place')}
            options={places.map((value) => ({ value, label: t(`layouts.places.${value}`) }))}
            onChange={setPlace}
          />
        </div>
        <QueryView query={query}>
          {({ items, trying }) => {
            const here = items.filter((one) => one.place === place)
            return here.length === 0 ? (
              <Empty
                icon={LayoutPanelLeft}
                title={t('layouts.empty')}
                hint={t('layouts.emptyHint')}
              />
            ) : (
              <>
                <p className={styles.hint}>{t('layouts.rule')}</p>
                <ul className={styles.list}>
                  {here.map((layout, at) => (
                    <Row
                      key={layout.id}
                      layout={layout}
                      others={here}
                      at={at}
                      trying={trying === layout.id}
                      open={() => setEdited(layout)}
                    />
                  ))}
                </ul>
              </>
            )
          }}
        </QueryView>
        {edited && (
          <LayoutPanel
            place={place}
            layout={edited === 'new' ? null : edited}
            close={() => setEdited(null)}
          />
        )}
      </Page>
    </Guard>
  )
}

interface RowProps {
  layout: Layout
  others: Layout[]
  at: number
  trying: boolean
  open: () => void
}

function Row({ layout, others, at, trying, open }: RowProps) {
  const { t } = useTranslation()
  const { data: roles = [], isPending } = useQuery(rolesQuery)
  const { run, busy } = useAction()
  const published = usePublished()
  const { id, name, version } = layout
  const how = { keys: layoutKeys }
  const whom = [
    ...layout.role_ids.map((role) => roles.find((one) => one.id === role)?.name ?? ''),
    ...layout.types.map((type) =>
      t(`layouts.types.${type}` as 'layouts.types.task', { defaultValue: type }),
    ),
    ...layout.channels,
  ]
  function move(step: 1 | -1) {
    const ids = others.map((one) => one.id)
    ids.splice(at + step, 0, ...ids.splice(at, 1))
    void run(() => orderLayouts(layout.place, ids), how)
  }
  async function publish() {
    const now = await run(() => publishLayout(id), how)
    if (now) published(now, layout.published)
  }
  return (
    <li>
      <div className={styles.words}>
        <button type="button" className={styles.open} onClick={open}>
          {name}
        </button>
        <small>{whom.filter(Boolean).join(' · ') || (isPending ? '' : t('layouts.any'))}</small>
      </div>
      <State layout={layout} />
      <span className={styles.hint}>{t('layouts.version', { version })}</span>
      {layout.published !== version && (
        <Button size="small" disabled={busy !== null} onClick={() => void publish()}>
          {t('layouts.publish')}
        </Button>
      )}
      {trying ? (
        <Button size="small" onClick={() => void run(endTrial, how)}>
          {t('layouts.endTrial')}
        </Button>
      ) : (
        <Button
          size="small"
          onClick={() => void run(() => tryLayout(id), { ...how, done: t('layouts.tryDone') })}
        >
          {t('layouts.try')}
        </Button>
      )}
      {layout.published !== null && (
        <Button
          size="small"
          onClick={() =>
            void run(() => withdrawLayout(id), { ...how, done: t('layouts.withdrawn') })
          }
        >
          {t('layouts.withdraw')}
        </Button>
      )}
      <IconButton
        icon={ArrowUp}
        label={t('layouts.up', { name })}
        disabled={at === 0 || busy !== null}
        onClick={() => move(-1)}
      />
      <IconButton
        icon={ArrowDown}
        label={t('layouts.down', { name })}
        disabled={at === others.length - 1 || busy !== null}
        onClick={() => move(1)}
      />
    </li>
  )
}

function State({ layout }: { layout: Layout }) {
  const { t } = useTranslation()
  if (layout.published === null) return <Tag>{t('layouts.state.draft')}</Tag>
  return (
    <>
      <Tag tone="ok">{t('layouts.state.live')}</Tag>
      {layout.published !== layout.version && <Tag tone="warn">{t('layouts.state.changed')}</Tag>}
    </>
  )
}
