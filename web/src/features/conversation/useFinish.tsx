import { useQueryClient } from '@tanstack/react-query'
import { App, Button } from 'antd'
import { hasOpenChildren } from '@/features/relations'
import type { TicketActions } from '@/features/ticket'
import type { TicketChange } from '@/shared/api'
import { useTranslation } from '@/shared/i18n'
import { Kbd, useStable, useStatuses } from '@/shared/ui'
import { offerUndo, undoKey } from '@/shared/undo'

const undoSeconds = 6

export type Finish = (change: TicketChange) => void

/** Puts a ticket away (resolved, closed, snoozed), goes on to the next, and offers the way back. */
export function useFinish(actions: TicketActions, next: () => void): Finish {
  const { t } = useTranslation()
  const client = useQueryClient()
  const { message } = App.useApp()
  const statuses = useStatuses()

  return useStable((change) => {
    const before = actions.current()
    const changed = actions.patch(change)
    const ends = change.status === 'resolved' || change.status === 'closed' || change.snoozed_until
    // Where a question will come, it is answered beside the ticket that it is about.
    const asked = before !== undefined && hasOpenChildren(client, before.id)
    if (ends && !asked) next()
    if (!before) return
    const back: TicketChange =
      change.status === undefined
        ? { snoozed_until: before.snoozed_until }
        : { status: before.status }
    const key = `finish-${before.id}`
    const undo = () => {
      message.destroy(key)
      void actions.patch(back)
    }
    void changed.then((done) => {
      if (!done) return
      if (ends && asked) next()
      message.open({
        key,
        type: 'success',
        duration: undoSeconds,
        onClose: offerUndo(undo),
        content: (
          <>
            {change.status
              ? t('ticket.statusChanged', { status: statuses.name(change.status) })
              : t('snooze.title')}{' '}
            <Button size="small" type="link" onClick={undo}>
              {t('common.undo')} <Kbd keys={undoKey} />
            </Button>
          </>
        ),
      })
    })
  })
}
