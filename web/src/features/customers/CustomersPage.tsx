import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { Form, Input } from 'antd'
import { Building2, Users } from 'lucide-react'
import type { Contact } from '@/shared/api'
import { contactListQuery, createContact } from '@/shared/api/customers'
import { useTranslation } from '@/shared/i18n'
import { FormPanel, RequiredText, rowLink, Table, WithIcon } from '@/shared/page'
import { Avatar, Tag, Time } from '@/shared/ui'
import styles from './customers.module.css'
import { Listing } from './Listing'

export function CustomersPage({ q }: { q: string }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const query = useInfiniteQuery(contactListQuery(q))
  return (
    <Listing
      q={q}
      find={{
        label: t('people.search'),
        change: (search) => void navigate({ to: '/customers', search, replace: true }),
      }}
      query={query}
      add={{
        permission: 'contact:edit',
        text: t('people.add'),
        panel: (close) => <NewContactPanel close={close} />,
      }}
      empty={{ icon: Users, title: t('people.empty'), hint: t('people.emptyHint') }}
      noMatchHint={t('people.noMatchHint')}
    >
      {(contacts) => <ContactTable contacts={contacts} />}
    </Listing>
  )
}

const reach = (contact: Contact) =>
  contact.identities
    .filter(({ kind }) => kind !== 'visitor')
    .map(({ value }) => value)
    .slice(0, 2)
    .join(' · ')

const lastSeen = (contact: Contact) =>
  contact.identities
    .map((identity) => identity.last_seen_at)
    .sort()
    .at(-1) ?? contact.created_at

export function ContactTable({ contacts }: { contacts: Contact[] }) {
  const { t } = useTranslation()
  return (
    <Table
      label={t('people.title')}
      rows={contacts}
      keyOf={(contact) => contact.id}
      opens
      columns={[
        {
          key: 'name',
          title: t('kit.name'),
          cell: (contact) => (
            <WithIcon
              icon={<Avatar name={contact.name} url={contact.avatar_url} size={30} />}
              name={
                <span className={styles.nameLine}>
                  <Link to="/customers/$id" params={{ id: contact.id }} className={rowLink}>
                    {contact.name || t('people.unnamed')}
                  </Link>
                  {contact.vip && <Tag tone="violet">{t('customer.vip')}</Tag>}
                  {contact.blocked && <Tag tone="danger">{t('customer.blocked')}</Tag>}
                </span>
              }
              note={reach(contact)}
            />
          ),
        },
        {
          key: 'company',
          title: t('customer.company'),
          width: 200,
          cell: (contact) =>
            contact.company ? (
              <>
                <Building2 size={13} aria-hidden="true" className={styles.inline} />{' '}
                {contact.company.name}
              </>
            ) : (
              ''
            ),
        },
        {
          key: 'tags',
          title: t('ticket.tags'),
          width: 200,
          cell: (contact) =>
            contact.tags.length === 0 ? (
              ''
            ) : (
              <span className={styles.tags}>
                {contact.tags.slice(0, 3).map((tag) => (
                  <Tag key={tag}>{tag}</Tag>
                ))}
                {contact.tags.length > 3 && <Tag>+{contact.tags.length - 3}</Tag>}
              </span>
            ),
        },
        {
          key: 'tickets',
          title: t('people.tickets'),
          width: 80,
          end: true,
          cell: (contact) => contact.ticket_count,
        },
        {
          key: 'seen',
          title: t('people.lastSeen'),
          width: 110,
          end: true,
          cell: (contact) => <Time at={lastSeen(contact)} />,
        },
      ]}
    />
  )
}

interface Fields {
  name: string
  email?: string
  phone?: string
  note?: string
}

function NewContactPanel({ close }: { close: () => void }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [form] = Form.useForm<Fields>()
  async function submit({ name, email, phone, note }: Fields) {
    const contact = await createContact({
      name: name.trim(),
      email: email?.trim() || undefined,
      phone: phone?.trim() || undefined,
      note: note ?? '',
    })
    void navigate({ to: '/customers/$id', params: { id: contact.id } })
  }
  return (
    <FormPanel
      title={t('people.add')}
      form={form}
      initial={{}}
      submit={submit}
      submitText={t('common.create')}
      done={null}
      keys={[['contacts']]}
      close={close}
    >
      <RequiredText name="name" label={t('people.name')} autoFocus maxLength={200} />
      <Form.Item
        name="email"
        label={t('identity.email')}
        rules={[{ type: 'email', message: t('newTicket.needEmail') }]}
      >
        <Input inputMode="email" />
      </Form.Item>
      <Form.Item name="phone" label={t('identity.phone')} extra={t('people.phoneHint')}>
        <Input inputMode="tel" />
      </Form.Item>
      <Form.Item name="note" label={t('customer.note')}>
        <Input.TextArea autoSize={{ minRows: 3, maxRows: 10 }} />
      </Form.Item>
    </FormPanel>
  )
}
