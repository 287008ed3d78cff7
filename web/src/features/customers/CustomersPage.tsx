import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { Button, Form, Input } from 'antd'
import { Building2, Plus, Search, Users } from 'lucide-react'
import { useState } from 'react'
import type { Contact } from '@/shared/api'
import { contactListQuery, createContact } from '@/shared/api/customers'
import { useTranslation } from '@/shared/i18n'
import {
  Bar,
  Foot,
  FormPanel,
  Guard,
  Page,
  QueryView,
  RequiredText,
  rowLink,
  SearchBox,
  Table,
  WithIcon,
} from '@/shared/page'
import { useCan } from '@/shared/session'
import { Avatar, Empty, Tag, Time } from '@/shared/ui'
import styles from './customers.module.css'
import { Tabs } from './Tabs'

export function CustomersPage({ q }: { q: string }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const mayEdit = useCan('contact:edit')
  const query = useInfiniteQuery(contactListQuery(q))
  const [adding, setAdding] = useState(false)
  const rows = query.data?.pages.flatMap((page) => page.items)
  const add = mayEdit && (
    <Button type="primary" icon={<Plus size={15} />} onClick={() => setAdding(true)}>
      {t('people.add')}
    </Button>
  )
  return (
    <Guard permission="contact:read">
      <Page title={t('people.title')} lead={t('people.lead')} actions={add} width="wide">
        <Tabs />
        <Bar>
          <SearchBox
            value={q}
            label={t('people.search')}
            onChange={(next) =>
              void navigate({
                to: '/customers',
                search: next ? { q: next } : {},
                replace: true,
              })
            }
          />
        </Bar>
        <QueryView query={{ ...query, data: rows }} lines={10}>
          {(items) =>
            items.length > 0 ? (
              <ContactTable contacts={items} />
            ) : q ? (
              <Empty
                icon={Search}
                title={t('kit.noMatch', { query: q })}
                hint={t('people.noMatchHint')}
              />
            ) : (
              <Empty icon={Users} title={t('people.empty')} hint={t('people.emptyHint')}>
                {add}
              </Empty>
            )
          }
        </QueryView>
        {query.hasNextPage && (
          <Foot>
            <Button loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
              {t('common.loadMore')}
            </Button>
          </Foot>
        )}
        {adding && <NewContactPanel close={() => setAdding(false)} />}
      </Page>
    </Guard>
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
