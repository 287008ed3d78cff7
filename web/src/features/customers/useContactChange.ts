import { useQueryClient } from '@tanstack/react-query'
import { App } from 'antd'
import type { Id } from '@/shared/api'
import { type ContactChange, changeContact, contactDetailQuery } from '@/shared/api/customers'
import { useTranslation } from '@/shared/i18n'
import { errorText } from '@/shared/ui'

/** Shown at once, taken back when it is refused. `company` is what to show for a new company. */
export function useContactChange(id: Id) {
  const client = useQueryClient()
  const { message } = App.useApp()
  const { t } = useTranslation()
  const key = contactDetailQuery(id).queryKey
  return async (change: ContactChange, company?: { id: Id; name: string } | null) => {
    await client.cancelQueries({ queryKey: key, exact: true })
    const before = client.getQueryData(key)
    const { company_id: _company, ...shown } = change
    client.setQueryData(key, (old) =>
      old ? { ...old, ...shown, ...(company === undefined ? {} : { company }) } : old,
    )
    try {
      client.setQueryData(key, await changeContact(id, change))
      void client.invalidateQueries({ queryKey: ['contacts'] })
    } catch (error) {
      client.setQueryData(key, before)
      message.error(errorText(t, error))
    }
  }
}
