import { useQueryClient } from '@tanstack/react-query'
import { App } from 'antd'
import { useState } from 'react'
import type { Id } from '@/shared/api'
import { type Bulk, bulkQuery, bulksQuery, cancelBulk, undoBulk } from '@/shared/api/bulk'
import { useBulk } from '@/shared/bulk'
import { useTranslation } from '@/shared/i18n'
import { errorText } from '@/shared/ui'

/** Cancelling and taking back; the progress of what begins shows itself. */
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
  }
}
