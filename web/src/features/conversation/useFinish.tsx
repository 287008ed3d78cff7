import { App, Button } from 'antd'
import type { TicketActions } from '@/features/ticket'
import type { TicketChange } from '@/shared/api'
import { useTranslation } from '@/shared/i18n'
import { useStable, useStatuses } from '@/shared/ui'

const undoSeconds = 6

export type Finish = (change: TicketChange) => void

/** Puts a ticket away (resolved, closed, snoozed), goes on to the next, and offers the way back. */
export function useFinish(actions: TicketActions, next: () => void): Finish {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const statuses = useStatuses()

  return useStable((change) => {
    const before = actions.current()
    void actions.patch(change)
    const ends = change.status === 'resolved' || change.status === 'closed' || change.snoozed_until
    if (ends) next()
    if (!before) return
    const back: TicketChange =
      change.status === undefined
        ? { snoozed_until: before.snoozed_until }
        : { status: before.status }
    const key = `finish-${before.id}`
    message.open({
      key,
      type: 'success',
      duration: undoSeconds,
      content: (
        <>
          {change.status
            ? t('ticket.statusChanged', { status: statuses.name(change.status) })
            : t('snooze.title')}{' '}
          <Button
            size="small"
            type="link"
            onClick={() => {
              message.destroy(key)
              void actions.patch(back)
            }}
          >
            {t('common.undo')}
          </Button>
        </>
      ),
    })
  })
}
