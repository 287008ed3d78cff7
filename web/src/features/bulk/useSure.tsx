import { App } from 'antd'
import { countBulk, type Selection } from '@/shared/api/bulk'
import { useTranslation } from '@/shared/i18n'
import { errorText } from '@/shared/ui'

/** Counts and shows a few before many tickets change. Gives the number that was agreed to. */
export function useSure() {
  const { t } = useTranslation()
  const { modal, message } = App.useApp()
  return async (selection: Selection, what: string): Promise<number | null> => {
    const count = await countBulk(selection).catch((error: unknown) => {
      message.error(errorText(t, error))
      return null
    })
    if (!count) return null
    if (!count.allowed) {
      message.error(t('bulk.notAllowed', { count: count.total }))
      return null
    }
    return new Promise((resolve) => {
      modal.confirm({
        title: t('bulk.sure', { count: count.total, what }),
        icon: null,
        content: (
          <ul>
            {count.sample.map((one) => (
              <li key={one.id}>
                #{one.number} {one.subject}
              </li>
            ))}
            {count.total > count.sample.length && <li>…</li>}
          </ul>
        ),
        okText: t('bulk.start'),
        cancelText: t('common.cancel'),
        onOk: () => resolve(count.total),
        onCancel: () => resolve(null),
      })
    })
  }
}
