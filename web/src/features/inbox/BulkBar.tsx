import { Button, Dropdown } from 'antd'
import { X } from 'lucide-react'
import { MacroMenu, useStart, useSure } from '@/features/bulk'
import type { Selection } from '@/shared/api/bulk'
import type { Step } from '@/shared/api/macros'
import { useTranslation } from '@/shared/i18n'
import { useCan } from '@/shared/session'
import { IconButton, useStatuses } from '@/shared/ui'
import styles from './Inbox.module.css'

interface Props {
  ids: string[]
  /** All that the list would show, loaded or not; null while fewer than all loaded are picked. */
  everything: Selection | null
  all: boolean
  takeAll: (all: boolean) => void
  clear: () => void
}

/** What can be done to all that are picked: in the background, and to be undone as one. */
export function BulkBar({ ids, everything, all, takeAll, clear }: Props) {
  const { t } = useTranslation()
  const statuses = useStatuses()
  const mayEdit = useCan('ticket:edit')
  const mayAssign = useCan('ticket:assign')
  const { start, busy } = useStart(clear)
  const sure = useSure()
  const whole = all && everything !== null
  const selection: Selection = whole ? everything : { ids, everything: false }
  const few = !whole && ids.length <= 20

  async function run(what: string, work: { actions?: Step[]; macro_id?: string }) {
    const agreed = few ? ids.length : await sure(selection, what)
    if (agreed !== null)
      await start(selection, { actions: [], name: what, expected: agreed, ...work })
  }
  const act = (what: string, action: string, params: Record<string, unknown>) => () =>
    void run(what, { actions: [{ action, params }] })

  const choices = statuses.all.length
    ? statuses.all.map((status) => status.id)
    : ['open', 'pending', 'resolved', 'closed']
  const label = whole ? t('list.everything') : t('list.selected', { count: ids.length })
  return (
    <div className={styles.bulk} role="toolbar" aria-label={label} aria-busy={busy}>
      <strong>{label}</strong>
      {everything && !all && (
        <Button type="link" size="small" onClick={() => takeAll(true)}>
          {t('list.takeAll')}
        </Button>
      )}
      {mayAssign && (
        <Button size="small" onClick={act(t('ticket.take'), 'assign', { to: 'me' })}>
          {t('ticket.take')}
        </Button>
      )}
      {mayEdit && (
        <>
          <Dropdown
            trigger={['click']}
            menu={{
              items: choices.map((status) => ({
                key: status,
                label: statuses.name(status),
                onClick: act(statuses.name(status), 'set_status', { status }),
              })),
            }}
          >
            <Button size="small">{t('ticket.status')}</Button>
          </Dropdown>
          <Dropdown
            trigger={['click']}
            menu={{
              items: (['urgent', 'high', 'normal', 'low'] as const).map((priority) => ({
                key: priority,
                label: t(`priority.${priority}`),
                onClick: act(t(`priority.${priority}`), 'set_priority', { priority }),
              })),
            }}
          >
            <Button size="small">{t('priority.label')}</Button>
          </Dropdown>
        </>
      )}
      <MacroMenu choose={({ id, title }) => void run(title, { macro_id: id })} />
      <IconButton icon={X} size="small" label={t('list.clearSelection')} onClick={clear} />
    </div>
  )
}
