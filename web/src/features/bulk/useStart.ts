import { App } from 'antd'
import { useState } from 'react'
import { type BulkIn, type Selection, startBulk } from '@/shared/api/bulk'
import { useBulk } from '@/shared/bulk'
import { useTranslation } from '@/shared/i18n'
import { errorText } from '@/shared/ui'

type Work = Pick<BulkIn, 'actions' | 'macro_id' | 'name' | 'expected'>

/** Begins work on a selection; its progress shows itself. */
export function useStart(done: () => void) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const show = useBulk((bulk) => bulk.show)
  const [busy, setBusy] = useState(false)

  async function start(selection: Selection, work: Work) {
    setBusy(true)
    try {
      const bulk = await startBulk({ selection, ...work })
      show(bulk.id)
      done()
    } catch (error) {
      message.error(errorText(t, error))
    } finally {
      setBusy(false)
    }
  }
  return { start, busy }
}
