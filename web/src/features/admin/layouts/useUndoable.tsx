import { useQueryClient } from '@tanstack/react-query'
import { App, Button } from 'antd'
import { type Layout, publishLayout, withdrawLayout } from '@/shared/api/layouts'
import { useTranslation } from '@/shared/i18n'
import { errorText, Kbd } from '@/shared/ui'
import { offerUndo, undoKey } from '@/shared/undo'
import { layoutKeys } from './keys'

/** Says that a layout was published, with the way back to what agents saw before. */
export function usePublished() {
  const { t } = useTranslation()
  const client = useQueryClient()
  const { notification, message } = App.useApp()
  return (layout: Layout, before: number | null) => {
    const key = `layout-${layout.id}`
    async function undo() {
      notification.destroy(key)
      try {
        if (before === null) await withdrawLayout(layout.id)
        else await publishLayout(layout.id, before)
        await Promise.all(layoutKeys.map((queryKey) => client.invalidateQueries({ queryKey })))
        message.success(t('layouts.undone'))
      } catch (error) {
        message.error(errorText(t, error))
      }
    }
    const back = () => void undo()
    notification.success({
      key,
      duration: 12,
      title: t('layouts.published'),
      onClose: offerUndo(back),
      actions: (
        <Button size="small" onClick={back}>
          {t('layouts.undo')} <Kbd keys={undoKey} />
        </Button>
      ),
    })
  }
}
