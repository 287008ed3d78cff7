import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState } from 'react'
import type { Contact } from '@/shared/api'
import type { ContactDetail } from '@/shared/api/customers'
import { useTranslation } from '@/shared/i18n'
import { Card } from '@/shared/page'
import { Avatar } from '@/shared/ui'
import styles from './customers.module.css'
import { MergePanel } from './MergePanel'

/** Who shares an address or number but was not joined, because that alone proves nothing. */
export function Suggestions({ contact }: { contact: ContactDetail }) {
  const { t } = useTranslation()
  const [other, setOther] = useState<Contact | null>(null)
  const suggestions = contact.suggestions ?? []
  if (suggestions.length === 0) return null
  return (
    <Card title={t('people.suggestions')} hint={t('people.suggestionsHint')}>
      {suggestions.map((suggestion) => (
        <div key={suggestion.contact.id} className={styles.suggestion}>
          <Avatar name={suggestion.contact.name} size={28} />
          <div>
            <Link to="/customers/$id" params={{ id: suggestion.contact.id }}>
              {suggestion.contact.name || t('people.unnamed')}
            </Link>
            <small>{t('people.shares', { value: suggestion.value })}</small>
          </div>
          <Button size="small" onClick={() => setOther(suggestion.contact)}>
            {t('people.compare')}
          </Button>
        </div>
      ))}
      {other && <MergePanel contact={contact} picked={other} close={() => setOther(null)} />}
    </Card>
  )
}
