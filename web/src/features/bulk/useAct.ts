import { useQueryClient } from '@tanstack/react-query'
import { App } from 'antd'
import { useState } from 'react'
import type { Id } from '@/shared/api'
import {
  type Bulk,
  bulkQuery,
  bulksQuery,
  cancelBulk,
  passedOver,
  startBulk,
  undoBulk,
} from '@/shared/api/bulk'
import { useBulk } from '@/shared/bulk'
import { useTranslation } from '@/shared/i18n'
import { errorText } from '@/shared/ui'

const asksFor = ['open_children', 'open_items']

/** How many were passed over because something of theirs is open, of a run that nobody has confirmed. */
export const askedAbout = ({ kind, actions, reasons }: Bulk): number =>
  kind === 'run' && !actions.some(({ params }) => params?.despite_children && params?.despite_items)
    ? asksFor.reduce((sum, reason) => sum + (reasons[reason] ?? 0), 0)
    : 0

async function goOn({ id, actions, name }: Bulk): Promise<Bulk> {
  const ids = await passedOver(id, asksFor)
  const selection = { ids, everything: false }
  return startBulk({ selection, actions, name, despite_children: true, despite_items: true })
}

/** Cancelling, taking back, going on all the same; the progress of what begins shows itself. */
export function useAct() {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const client = useQueryClient()
  const show = useBulk((bulk) => bulk.show)
  const [busy, setBusy] = useState(false)

  async function act(work: () => Promise<Bulk>) {
    setBusy(true)
    try {
      const next = await work()
      client.setQueryData(bulkQuery(next.id).queryKey, next)
      show(next.id)
    } catch (error) {
      message.error(errorText(t, error))
    } finally {
      setBusy(false)
      void client.invalidateQueries({ queryKey: bulksQuery.queryKey })
    }
  }
  return {
    busy,
    cancel: (id: Id) => act(() => cancelBulk(id)),
    undo: (id: Id) => act(() => undoBulk(id)),
    despite: (bulk: Bulk) => act(() => goOn(bulk)),
  }
}
