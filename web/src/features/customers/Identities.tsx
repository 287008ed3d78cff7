import { useQueryClient } from '@tanstack/react-query'
import { Form, Input, Select } from 'antd'
import {
  AtSign,
  BadgeCheck,
  Fingerprint,
  Globe,
  Hash,
  type LucideIcon,
  Phone,
  Plus,
  Trash2,
  UserRound,
} from 'lucide-react'
import { useState } from 'react'
import type { Identity } from '@/shared/api'
import {
  addIdentity,
  type ContactDetail,
  contactDetailQuery,
  removeIdentity,
} from '@/shared/api/customers'
import { useTranslation } from '@/shared/i18n'
import { Card, FormPanel, useAction, useAsk } from '@/shared/page'
import { IconButton, Time } from '@/shared/ui'
import styles from './customers.module.css'
import { levelOf } from './strength'

const icons: Record<string, LucideIcon> = {
  email: AtSign,
  phone: Phone,
  visitor: Globe,
  app_user: UserRound,
  external_id: Hash,
}

/** By what we know this person, and how sure we are of each. */
export function Identities({ contact, mayEdit }: { contact: ContactDetail; mayEdit: boolean }) {
  const { t } = useTranslation()
  const [adding, setAdding] = useState(false)
  return (
    <Card
      title={t('customer.identities')}
      hint={t('people.identitiesHint')}
      actions={
        mayEdit && (
          <IconButton
            icon={Plus}
            size="small"
            label={t('people.addIdentity')}
            onClick={() => setAdding(true)}
          />
        )
      }
    >
      {contact.identities.length === 0 ? (
        <p>{t('customer.noIdentities')}</p>
      ) : (
        <ul className={styles.identities} style={{ marginBottom: 0 }}>
          {contact.identities.map((identity) => (
            <Line key={identity.id} contact={contact} identity={identity} mayEdit={mayEdit} />
          ))}
        </ul>
      )}
      {adding && <AddIdentity contact={contact} close={() => setAdding(false)} />}
    </Card>
  )
}

function Line({
  contact,
  identity,
  mayEdit,
}: {
  contact: ContactDetail
  identity: Identity
  mayEdit: boolean
}) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const ask = useAsk()
  const { run, busy } = useAction()
  const Icon = icons[identity.kind] ?? Fingerprint
  const level = levelOf(identity)
  const key = contactDetailQuery(contact.id).queryKey

  async function remove() {
    const sure = await ask({
      title: t('people.removeIdentity', { value: identity.value }),
      hint: t('people.removeIdentityHint'),
      ok: t('kit.remove'),
    })
    if (!sure) return
    const before = client.getQueryData(key)
    client.setQueryData(key, (old) =>
      old ? { ...old, identities: old.identities.filter(({ id }) => id !== identity.id) } : old,
    )
    const gone = await run(() => removeIdentity(contact.id, identity.id).then(() => true))
    if (!gone) client.setQueryData(key, before)
  }

  return (
    <li className={styles.identity}>
      <Icon size={15} aria-hidden="true" />
      <div>
        <strong>
          <span className="sr-only">
            {t(`identity.${identity.kind}` as 'identity.email', { defaultValue: identity.kind })}
            {': '}
          </span>
          {identity.value}
          {identity.verified && (
            <BadgeCheck
              size={14}
              aria-label={t('customer.verified')}
              style={{ marginLeft: 4, verticalAlign: -2, color: 'var(--ok)' }}
            />
          )}
        </strong>
        <small>
          <span className={styles.strength}>
            <span className={styles.bars} aria-hidden="true">
              {[1, 2, 3].map((bar) => (
                <i key={bar} data-on={bar <= level} />
              ))}
            </span>
            {t(`customer.strength${level}`)}
          </span>
          {' · '}
          {t(`people.why.${level}`)}
        </small>
        <small>
          {t('people.seen')} <Time at={identity.last_seen_at} />
        </small>
      </div>
      {mayEdit && (
        <IconButton
          icon={Trash2}
          size="small"
          loading={busy !== null}
          label={t('people.removeIdentityLabel', { value: identity.value })}
          onClick={() => void remove()}
        />
      )}
    </li>
  )
}

interface Fields {
  kind: string
  value: string
}

function AddIdentity({ contact, close }: { contact: ContactDetail; close: () => void }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [form] = Form.useForm<Fields>()
  return (
    <FormPanel
      title={t('people.addIdentity')}
      form={form}
      initial={{ kind: 'email' }}
      submit={async (values) =>
        client.setQueryData(
          contactDetailQuery(contact.id).queryKey,
          await addIdentity(contact.id, { kind: values.kind, value: values.value.trim() }),
        )
      }
      close={close}
    >
      <Form.Item name="kind" label={t('people.kind')}>
        <Select
          options={(['email', 'phone', 'external_id'] as const).map((kind) => ({
            value: kind,
            label: t(`identity.${kind}`),
          }))}
        />
      </Form.Item>
      <Form.Item
        name="value"
        label={t('people.value')}
        extra={t('people.addIdentityHint')}
        rules={[{ required: true, whitespace: true, message: t('common.required') }]}
      >
        <Input autoFocus maxLength={320} />
      </Form.Item>
    </FormPanel>
  )
}
