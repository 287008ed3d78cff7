import { useQuery, useQueryClient } from '@tanstack/react-query'
import { App, Button, Input, Modal } from 'antd'
import { ArrowRight } from 'lucide-react'
import { useDeferredValue, useState } from 'react'
import { api, type Contact } from '@/shared/api'
import { type ContactDetail, mergeContact, undoMerge } from '@/shared/api/customers'
import { useTranslation } from '@/shared/i18n'
import { useAction } from '@/shared/page'
import { Avatar, errorText } from '@/shared/ui'
import styles from './customers.module.css'

interface Props {
  contact: ContactDetail
  picked?: Contact
  close: () => void
}

const reach = (contact: Contact) => contact.identities.map(({ value }) => value).join(' · ')

/** Finds the other record of the same person and joins it to this one; it can be undone. */
export function MergePanel({ contact, picked, close }: Props) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState('')
  const [other, setOther] = useState<Contact | null>(picked ?? null)
  const { merge, busy } = useMerge(contact, close)
  const q = useDeferredValue(typed.trim())
  const { data, isFetching } = useQuery({
    queryKey: ['contacts', 'merge', q],
    queryFn: ({ signal }) => api.get('/contacts', { query: { q, limit: 8 }, signal }),
    enabled: q.length > 0,
  })
  const found = (data?.items ?? []).filter(({ id }) => id !== contact.id)
  const list = other && !found.some(({ id }) => id === other.id) ? [other, ...found] : found
  return (
    <Modal
      open
      title={t('people.mergeTitle', { name: contact.name })}
      onCancel={close}
      okText={t('people.mergeNow')}
      okButtonProps={{ disabled: !other, loading: busy }}
      cancelText={t('common.cancel')}
      onOk={() => other && void merge(other)}
      width={560}
    >
      <Input
        autoFocus
        allowClear
        aria-label={t('people.mergeSearch')}
        placeholder={t('people.mergeSearch')}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
      <ul className={styles.results}>
        {list.map((item) => (
          <li key={item.id}>
            <button
              type="button"
              className={styles.result}
              aria-pressed={other?.id === item.id}
              onClick={() => setOther(item)}
            >
              <Avatar name={item.name} size={28} />
              <span>
                {item.name || t('people.unnamed')}
                <small>{reach(item)}</small>
              </span>
              <small>{t('customer.tickets', { count: item.ticket_count })}</small>
            </button>
          </li>
        ))}
      </ul>
      {q && !isFetching && list.length === 0 && (
        <p className={styles.mergeNote}>{t('kit.noMatch', { query: q })}</p>
      )}
      {other && (
        <p className={styles.mergeNote} role="status">
          <strong>{other.name || t('people.unnamed')}</strong>{' '}
          <ArrowRight size={13} style={{ verticalAlign: -2 }} aria-hidden="true" />{' '}
          <strong>{contact.name || t('people.unnamed')}</strong>
          <br />
          {t('people.mergeHint', { other: other.name, name: contact.name })}
        </p>
      )}
    </Modal>
  )
}

function useMerge(contact: ContactDetail, close: () => void) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const { notification, message } = App.useApp()
  const { run, busy } = useAction()
  const keys = [['contact'], ['contacts'], ['tickets']]

  async function undo(id: string, toast: string) {
    notification.destroy(toast)
    try {
      await undoMerge(id)
      await Promise.all(keys.map((queryKey) => client.invalidateQueries({ queryKey })))
      message.success(t('people.undone'))
    } catch (error) {
      message.error(errorText(t, error))
    }
  }
  async function merge(other: Contact) {
    const done = await run(() => mergeContact(contact.id, other.id), { keys })
    if (!done) return
    close()
    const toast = `merge-${done.merge_id}`
    notification.success({
      key: toast,
      duration: 12,
      title: t('people.merged', { name: other.name || t('people.unnamed') }),
      actions: (
        <Button size="small" onClick={() => void undo(done.merge_id, toast)}>
          {t('common.undo')}
        </Button>
      ),
    })
  }
  return { merge, busy: busy !== null }
}
