import { useQueryClient } from '@tanstack/react-query'
import { App, Button, Dropdown } from 'antd'
import { X } from 'lucide-react'
import { bulkChange, type TicketChange } from '@/shared/api'
import { useTranslation } from '@/shared/i18n'
import { useCan, useMyId } from '@/shared/session'
import { errorText, IconButton, useStatuses } from '@/shared/ui'
import styles from './Inbox.module.css'

/** What can be done to all that are picked. */
export function BulkBar({ ids, clear }: { ids: string[]; clear: () => void }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const client = useQueryClient()
  const me = useMyId()
  const statuses = useStatuses()
  const mayEdit = useCan('ticket:edit')
  const mayAssign = useCan('ticket:assign')

  async function change(changes: TicketChange) {
    try {
      const { changed, refused } = await bulkChange(ids, changes)
      if (refused.length === 0) message.success(t('list.bulkDone', { count: changed.length }))
      else message.warning(t('list.bulkPart', { count: changed.length, failed: refused.length }))
      clear()
    } catch (error) {
      message.error(errorText(t, error))
    }
    void client.invalidateQueries({ queryKey: ['tickets'] })
    void client.invalidateQueries({ queryKey: ['views'] })
  }

  const choices = statuses.all.length
    ? statuses.all.map((status) => status.id)
    : ['open', 'pending', 'resolved', 'closed']
  return (
    <div
      className={styles.bulk}
      role="toolbar"
      aria-label={t('list.selected', { count: ids.length })}
    >
      <strong>{t('list.selected', { count: ids.length })}</strong>
      {mayAssign && (
        <Button size="small" onClick={() => void change({ assignee_id: me })}>
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
                onClick: () => void change({ status }),
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
                onClick: () => void change({ priority }),
              })),
            }}
          >
            <Button size="small">{t('priority.label')}</Button>
          </Dropdown>
        </>
      )}
      <IconButton icon={X} size="small" label={t('list.clearSelection')} onClick={clear} />
    </div>
  )
}
