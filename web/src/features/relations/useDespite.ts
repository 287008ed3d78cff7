import type { QueryClient } from '@tanstack/react-query'
import { App } from 'antd'
import { ApiError, type Id } from '@/shared/api'
import type { Relations } from '@/shared/api/relations'
import { needWords, useTranslation } from '@/shared/i18n'

const active = ['new', 'open', 'waiting']
/** What is sent again to go on in spite of a refusal. */
export type Despite = { despite_children?: true; despite_items?: true }

const isHeld = (error: unknown): error is ApiError =>
  error instanceof ApiError && (error.code === 'open_children' || error.code === 'open_items')
const textOf = (item: unknown) => String((item as { text?: unknown } | null)?.text ?? '')
const listed = (found: unknown): unknown[] => (Array.isArray(found) ? found : [])

/** As far as this screen knows, so that nobody is led away from a question that will come. */
export const hasOpenChildren = (client: QueryClient, ticket: Id): boolean =>
  client
    .getQueryData<Relations>(['relations', ticket])
    ?.links.some((link) => link.role === 'child' && active.includes(link.ticket.status_category)) ??
  false

/**
 * Asks whether to solve a ticket though tickets below it or needed items are open, where that is for a
 * person to say, and tells what is open where it is not. Other refusals are told `otherwise`.
 */
export function useDespite() {
  const { modal } = App.useApp()
  const { t } = useTranslation()
  return async (error: unknown, otherwise: () => void): Promise<Despite | null> => {
    const byItems = isHeld(error) && error.code === 'open_items'
    if (!isHeld(error) || (error.problem.may_confirm !== true && !byItems)) {
      otherwise()
      return null
    }
    await needWords('relations')
    const { may_confirm, numbers, items } = error.problem
    const open = listed(byItems ? items : numbers)
    const content = byItems
      ? t('relations.openItemsHint', { items: open.map(textOf).join(' · ') })
      : t('relations.openHint', { numbers: open.map((one) => `#${one}`).join(', ') })
    const common = {
      icon: null,
      title: byItems
        ? t('relations.openItemsTitle')
        : t('relations.openTitle', { count: open.length }),
    }
    if (may_confirm !== true) {
      modal.info({
        ...common,
        content: `${content} ${t('relations.openItemsStop')}`,
        okText: t('common.close'),
      })
      return null
    }
    return new Promise((resolve) => {
      modal.confirm({
        ...common,
        content,
        okText: t('relations.openGoOn'),
        cancelText: t('common.cancel'),
        autoFocusButton: 'cancel',
        onOk: () => resolve(byItems ? { despite_items: true } : { despite_children: true }),
        onCancel: () => resolve(null),
      })
    })
  }
}
