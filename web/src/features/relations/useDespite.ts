import type { QueryClient } from '@tanstack/react-query'
import { App } from 'antd'
import { ApiError, type Id } from '@/shared/api'
import type { Relations } from '@/shared/api/relations'
import { needWords, useTranslation } from '@/shared/i18n'

const active = ['new', 'open', 'waiting']

/** Whether a refusal is one that a person may set aside: tickets below this one are still open. */
const mayGoOn = (error: unknown): error is ApiError =>
  error instanceof ApiError && error.code === 'open_children' && error.problem.may_confirm === true

/** As far as this screen knows, so that nobody is led away from a question that will come. */
export const hasOpenChildren = (client: QueryClient, ticket: Id): boolean =>
  client
    .getQueryData<Relations>(['relations', ticket])
    ?.links.some((link) => link.role === 'child' && active.includes(link.ticket.status_category)) ??
  false

/** Asks whether to solve a ticket though some below it are open; other refusals are told `otherwise`. */
export function useDespite() {
  const { modal } = App.useApp()
  const { t } = useTranslation()
  return async (error: unknown, otherwise: () => void): Promise<boolean> => {
    if (!mayGoOn(error)) {
      otherwise()
      return false
    }
    await needWords('relations')
    const numbers = Array.isArray(error.problem.numbers) ? error.problem.numbers : []
    return new Promise((resolve) => {
      modal.confirm({
        icon: null,
        title: t('relations.openTitle', { count: numbers.length }),
        content: t('relations.openHint', { numbers: numbers.map((one) => `#${one}`).join(', ') }),
        okText: t('relations.openGoOn'),
        cancelText: t('common.cancel'),
        autoFocusButton: 'cancel',
        onOk: () => resolve(true),
        onCancel: () => resolve(false),
      })
    })
  }
}
