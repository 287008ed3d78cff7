import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { App, Button } from 'antd'
import { X } from 'lucide-react'
import { useState } from 'react'
import type { Contact } from '@/shared/api'
import { type ContactDetail, dismissSuggestion, restoreSuggestion } from '@/shared/api/customers'
import { useTranslation } from '@/shared/i18n'
import { Card, useAction } from '@/shared/page'
import { Avatar, errorText, IconButton } from '@/shared/ui'
import styles from './customers.module.css'
import { MergePanel } from './MergePanel'

/** Who shares an address or number but was not joined, because that alone proves nothing. */
export function Suggestions({ contact }: { contact: ContactDetail }) {
  const { t } = useTranslation()
  const [other, setOther] = useState<Contact | null>(null)
  const dismiss = useDismiss(contact)
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
            {suggestion.reasons.map((reason) => (
              <small key={`${reason.kind}-${reason.value}`}>
                {reason.kind === 'name_company'
                  ? t('people.sameName')
                  : t('people.shares', { value: reason.value })}{' '}
                · {t(`people.certainty.${reason.certainty}`)}
              </small>
            ))}
          </div>
          <Button size="small" onClick={() => setOther(suggestion.contact)}>
            {t('people.compare')}
          </Button>
          <IconButton
            icon={X}
            label={t('people.notSame', { name: suggestion.contact.name || t('people.unnamed') })}
            onClick={() => void dismiss(suggestion.contact)}
          />
        </div>
      ))}
      {other && <MergePanel contact={contact} picked={other} close={() => setOther(null)} />}
    </Card>
  )
}

/** They are two people; it can be taken back at once. */
function useDismiss(contact: ContactDetail) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const { notification, message } = App.useApp()
  const { run } = useAction()
  const keys = [['contact', contact.id]]
  async function undo(other: Contact, toast: string) {
    notification.destroy(toast)
    try {
      await restoreSuggestion(contact.id, other.id)
      await Promise.all(keys.map((queryKey) => client.invalidateQueries({ queryKey })))
    } catch (error) {
      message.error(errorText(t, error))
    }
  }
  return async (other: Contact) => {
    const done = await run(() => dismissSuggestion(contact.id, other.id).then(() => true), { keys })
    if (!done) return
    const toast = `apart-${other.id}`
    notification.success({
      key: toast,
      duration: 12,
      title: t('people.keptApart'),
      actions: (
        <Button size="small" onClick={() => void undo(other, toast)}>
          {t('common.undo')}
        </Button>
      ),
    })
  }
}
