import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Suspense } from 'react'
import { RecordFields } from '@/features/fields'
import {
  type Company,
  type ContactDetail,
  changeCompany,
  changeContact,
  companyQuery,
  contactDetailQuery,
} from '@/shared/api/customers'
import { fieldsQuery } from '@/shared/api/fields'
import { useTranslation } from '@/shared/i18n'
import { Card } from '@/shared/page'

/** A customer's fields of one's own; nothing where there are none. */
export function CustomerFields({ contact, mayEdit }: { contact: ContactDetail; mayEdit: boolean }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const { data = [] } = useQuery(fieldsQuery('customer'))
  if (data.length === 0) return null
  return (
    <Card title={t('people.fields')} flush>
      <Suspense fallback={null}>
        <RecordFields
          object="customer"
          id={contact.id}
          version={Date.parse(contact.updated_at)}
          readOnly={!mayEdit}
          save={async (fields) => {
            const next = await changeContact(contact.id, { fields })
            client.setQueryData(contactDetailQuery(contact.id).queryKey, next)
            await client.invalidateQueries({ queryKey: ['form', 'customer'] })
          }}
        />
      </Suspense>
    </Card>
  )
}

/** A company's fields of one's own. */
export function CompanyFields({ company, mayEdit }: { company: Company; mayEdit: boolean }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const { data = [] } = useQuery(fieldsQuery('company'))
  if (data.length === 0) return null
  return (
    <Card title={t('people.fields')} flush>
      <Suspense fallback={null}>
        <RecordFields
          object="company"
          id={company.id}
          readOnly={!mayEdit}
          save={async (fields) => {
            const next = await changeCompany(company.id, { fields })
            client.setQueryData(companyQuery(company.id).queryKey, next)
            await client.invalidateQueries({ queryKey: ['form', 'company'] })
          }}
        />
      </Suspense>
    </Card>
  )
}
