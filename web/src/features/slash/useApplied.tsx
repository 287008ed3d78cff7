import { useQueryClient } from '@tanstack/react-query'
import { App, Button } from 'antd'
import { type Despite, useDespite } from '@/features/relations'
import type { Id } from '@/shared/api'
import { type Applied, applyMacro, undoChangeSet } from '@/shared/api/macros'
import { useTranslation } from '@/shared/i18n'
import { errorText, Kbd } from '@/shared/ui'
import { offerUndo, undoKey } from '@/shared/undo'

const seconds = 8

/** Says what a macro did, and offers to take it back at once; later the history does. */
export function useApplied(ticket: Id) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const client = useQueryClient()
  const despite = useDespite()
  const refresh = () => void client.invalidateQueries({ queryKey: ['ticket', ticket] })

  async function during<T>(work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work()
    } catch (error) {
      message.error(errorText(t, error))
      return undefined
    }
  }

  /** What a macro gave; nothing when it was refused, which is told. */
  async function apply(macro: Id, insisted: Despite = {}): Promise<Applied | undefined> {
    try {
      return await applyMacro(ticket, macro, insisted)
    } catch (error) {
      const anyway = await despite(error, () => void message.error(errorText(t, error)))
      // Open tickets below and open items are asked about one after the other.
      return anyway ? apply(macro, { ...insisted, ...anyway }) : undefined
    }
  }

  async function undo(id: Id) {
    const undone = await during(() => undoChangeSet(id))
    if (undone) message.success(t('macros.undone'))
    refresh()
  }

  function done(title: string, { run, missing }: Applied) {
    if (missing.length > 0) message.warning(t('macros.missing', { names: missing.join(', ') }))
    if (!run) return
    refresh()
    const key = `macro-${run.id}`
    const back = () => {
      message.destroy(key)
      void undo(run.id)
    }
    message.open({
      key,
      type: 'success',
      duration: seconds,
      onClose: offerUndo(back),
      content: (
        <>
          {t('macros.applied', { title })}
          <Button type="link" size="small" onClick={back}>
            {t('macros.undo')} <Kbd keys={undoKey} />
          </Button>
        </>
      ),
    })
  }
  return { apply, done, undo }
}
