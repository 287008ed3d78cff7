import { type QueryKey, useQueryClient } from '@tanstack/react-query'
import { App } from 'antd'
import { useState } from 'react'
import { useTranslation } from '../i18n'
import { errorText } from '../ui'

interface Options {
  /** Said when it is done. */
  done?: string
  /** What must be fetched again. */
  keys?: QueryKey[]
  /** Shows a refusal itself, at its fields, instead of a word that goes away. */
  failed?: (error: unknown) => void
}

/** One write from a button: busy while it runs, a word when it is done or refused. */
export function useAction() {
  const { message } = App.useApp()
  const { t } = useTranslation()
  const client = useQueryClient()
  const [busy, setBusy] = useState<string | null>(null)

  async function run<T>(
    work: () => Promise<T>,
    { done, keys = [], failed }: Options = {},
    name = 'it',
  ): Promise<T | undefined> {
    setBusy(name)
    try {
      const result = await work()
      await Promise.all(keys.map((queryKey) => client.invalidateQueries({ queryKey })))
      if (done) message.success(done)
      return result
    } catch (error) {
      if (failed) failed(error)
      else message.error(errorText(t, error))
      return undefined
    } finally {
      setBusy(null)
    }
  }
  return { run, busy }
}

interface Question {
  title: string
  hint?: string
  ok: string
  danger?: boolean
}

/** Asks before something that is hard to take back. */
export function useAsk() {
  const { modal } = App.useApp()
  const { t } = useTranslation()
  return ({ title, hint, ok, danger = true }: Question) =>
    new Promise<boolean>((resolve) => {
      modal.confirm({
        title,
        content: hint,
        icon: null,
        okText: ok,
        okButtonProps: { danger },
        cancelText: t('common.cancel'),
        autoFocusButton: 'cancel',
        onOk: () => resolve(true),
        onCancel: () => resolve(false),
      })
    })
}
