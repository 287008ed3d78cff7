import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { Button, Form, Input, Select } from 'antd'
import { Building2, SquarePen, Users } from 'lucide-react'
import { useState } from 'react'
import type { Id } from '@/shared/api'
import {
  type Company,
  companyListQuery,
  companyQuery,
  contactListQuery,
  saveCompany,
} from '@/shared/api/customers'
import { useTranslation } from '@/shared/i18n'
import {
  Card,
  FormPanel,
  Guard,
  More,
  Page,
  QueryView,
  RequiredText,
  rowLink,
  Table,
} from '@/shared/page'
import { useCan } from '@/shared/session'
import { Empty, Time } from '@/shared/ui'
import { ContactTable } from './CustomersPage'
import { CompanyFields } from './CustomFields'
import { Listing } from './Listing'

export function CompaniesPage({ q }: { q: string }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const query = useInfiniteQuery(companyListQuery(q))
  const open = ({ id }: Company) =>
    void navigate({ to: '/customers/companies/$id', params: { id } })
  return (
    <Listing
      q={q}
      find={{
        label: t('people.searchCompanies'),
        change: (search) => void navigate({ to: '/customers/companies', search, replace: true }),
      }}
      query={query}
      add={{
        permission: 'company:edit',
        text: t('people.addCompany'),
        panel: (close) => <CompanyPanel company={null} close={close} saved={open} />,
      }}
      empty={{
        icon: Building2,
        title: t('people.noCompanies'),
        hint: t('people.noCompaniesHint'),
      }}
    >
      {(companies) => <CompanyTable companies={companies} />}
    </Listing>
  )
}

function CompanyTable({ companies }: { companies: Company[] }) {
  const { t } = useTranslation()
  return (
    <Table
      label={t('people.companies')}
      rows={companies}
      keyOf={(company) => company.id}
      opens
      columns={[
        {
          key: 'name',
          title: t('kit.name'),
          cell: (company) => (
            <Link to="/customers/companies/$id" params={{ id: company.id }} className={rowLink}>
              {company.name}
            </Link>
          ),
        },
        {
          key: 'domains',
          title: t('people.domains'),
          cell: (company) => company.domains.join('、'),
        },
        {
          key: 'created',
          title: t('kit.created'),
          width: 130,
          end: true,
          cell: (company) => <Time at={company.created_at} />,
        },
      ]}
    />
  )
}

type Fields = Pick<Company, 'name' | 'domains' | 'note'>

function CompanyPanel({
  company,
  close,
  saved,
}: {
  company: Company | null
  close: () => void
  saved?: (company: Company) => void
}) {
  const { t } = useTranslation()
  const [form] = Form.useForm<Fields>()
  return (
    <FormPanel
      title={company ? company.name : t('people.addCompany')}
      form={form}
      initial={company ?? { domains: [], note: '' }}
      submit={async ({ name, domains, note }) => {
        const next = await saveCompany(company?.id ?? null, { name: name.trim(), domains, note })
        saved?.(next)
      }}
      keys={[['companies'], ['company']]}
      close={close}
    >
      <RequiredText name="name" label={t('kit.name')} autoFocus={!company} maxLength={200} />
      <Form.Item name="domains" label={t('people.domains')} extra={t('people.domainsHint')}>
        <Select mode="tags" open={false} suffixIcon={null} tokenSeparators={[',', ' ', '，']} />
      </Form.Item>
      <Form.Item name="note" label={t('customer.note')}>
        <Input.TextArea autoSize={{ minRows: 3, maxRows: 12 }} />
      </Form.Item>
    </FormPanel>
  )
}

export function CompanyPage({ id }: { id: Id }) {
  const { t } = useTranslation()
  const mayEdit = useCan('company:edit')
  const query = useQuery(companyQuery(id))
  const people = useInfiniteQuery(contactListQuery('', id))
  const [editing, setEditing] = useState(false)
  const rows = people.data?.pages.flatMap((page) => page.items)
  return (
    <Guard permission="contact:read">
      <QueryView query={query}>
        {(company) => (
          <Page
            title={company.name}
            lead={company.domains.join('、')}
            back={(look) => <Link to="/customers/companies" {...look} />}
            backText={t('people.companies')}
            width="wide"
            actions={
              mayEdit && (
                <Button icon={<SquarePen size={15} />} onClick={() => setEditing(true)}>
                  {t('common.edit')}
                </Button>
              )
            }
          >
            {company.note && (
              <Card title={t('customer.note')}>
                <p style={{ whiteSpace: 'pre-wrap' }}>{company.note}</p>
              </Card>
            )}
            <CompanyFields company={company} mayEdit={mayEdit} />
            <QueryView query={{ ...people, data: rows }}>
              {(items) =>
                items.length === 0 ? (
                  <Empty icon={Users} title={t('people.nobody')} hint={t('people.nobodyHint')} />
                ) : (
                  <ContactTable contacts={items} />
                )
              }
            </QueryView>
            <More query={people} />
            {editing && <CompanyPanel company={company} close={() => setEditing(false)} />}
          </Page>
        )}
      </QueryView>
    </Guard>
  )
}
