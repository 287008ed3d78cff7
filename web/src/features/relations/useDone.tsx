import { useQueryClient } from '@tanstack/react-query'
import { App, Button } from 'antd'
import type { Id } from '@/shared/api'
import { type Operation, undoOperation } from '@/shared/api/relations'
import { useTranslation } from '@/shared/i18n'
import { errorText, Kbd } from '@/shared/ui'
import { offerUndo, undoKey } from '@/shared/undo'

const keys = ['relations', 'tickets', 'ticket', 'messages', 'history']

/** Shows that something was done, with its undo, and loads anew what it changed. */
export function useDone() {
  const { t } = useTranslation()
  const client = useQueryClient()
  const { notification, message } = App.useApp()
  const refresh = () =>
    Promise.all(keys.map((key) => client.invalidateQueries({ queryKey: [key] })))

  async function undo(operation: Id, after?: () => void) {
    notification.destroy(`operation-${operation}`)
    try {
      const { left_alone } = await undoOperation(operation)
      await refresh()
      after?.()
      if (left_alone.length > 0)
        message.warning(t('relations.undoneBut', { names: left_alone.join(', ') }))
      else message.success(t('relations.undone'))
    } catch (error) {
      message.error(errorText(t, error))
    }
  }

  /** `after` is run when it was taken back: to where one was. */
  function done(operation: Operation, title: string, after?: () => void) {
    void refresh()
    const back = () => void undo(operation.id, after)
    notification.success({
      key: `operation-${operation.id}`,
      duration: 12,
      title,
      onClose: offerUndo(back),
      actions: (
        <Button size="small" onClick={back}>
          {t('common.undo')} <Kbd keys={undoKey} />
        </Button>
      ),
    })
  }
  return { done, undo }
}
