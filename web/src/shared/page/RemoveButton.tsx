import type { QueryKey } from '@tanstack/react-query'
import { Button } from 'antd'
import { useTranslation } from '../i18n'
import { useAction, useAsk } from './useAction'

interface Props {
  title: string
  hint?: string
  text?: string
  disabled?: boolean
  remove: () => Promise<unknown>
  keys?: QueryKey[]
  done?: string
  then: () => void
}

/** Deletes after a question; at the foot of a panel. */
export function RemoveButton({ title, hint, text, disabled, remove, keys, done, then }: Props) {
  const { t } = useTranslation()
  const ask = useAsk()
  const { run, busy } = useAction()
  const ok = text ?? t('common.delete')
  async function go() {
    if (!(await ask({ title, hint, ok }))) return
    const gone = await run(() => remove().then(() => true), { keys, done })
    if (gone) then()
  }
  return (
    <Button
      danger
      type="text"
      disabled={disabled}
      loading={busy !== null}
      onClick={() => void go()}
    >
      {ok}
    </Button>
  )
}
