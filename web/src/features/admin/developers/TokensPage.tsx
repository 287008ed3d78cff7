import { useQuery } from '@tanstack/react-query'
import { Button, Form, Input, Select } from 'antd'
import dayjs from 'dayjs'
import { KeyRound, Plus } from 'lucide-react'
import { useState } from 'react'
import { agentsQuery, nameOf } from '@/shared/api'
import {
  createToken,
  permissionsQuery,
  revokeToken,
  type Token,
  tokensQuery,
} from '@/shared/api/admin'
import { useNow } from '@/shared/format'
import { useLocale, useTranslation } from '@/shared/i18n'
import {
  Above,
  FormPanel,
  Guard,
  Mono,
  Page,
  QueryView,
  RemoveButton,
  SecretOnce,
  Small,
  Table,
} from '@/shared/page'
import { Empty, Tag, Time } from '@/shared/ui'

export function TokensPage() {
  const { t } = useTranslation()
  const query = useQuery(tokensQuery)
  const [adding, setAdding] = useState(false)
  const [made, setMade] = useState<Token | null>(null)
  const add = (
    <Button type="primary" icon={<Plus size={15} />} onClick={() => setAdding(true)}>
      {t('admin.tokens.add')}
    </Button>
  )
  return (
    <Guard permission="token:manage">
      <Page title={t('admin.sections.tokens')} lead={t('admin.tokens.lead')} actions={add}>
        <QueryView
          query={query}
          empty={
            <Empty
              icon={KeyRound}
              title={t('admin.tokens.empty')}
              hint={t('admin.tokens.emptyHint')}
            >
              {add}
            </Empty>
          }
        >
          {(items) => <TokenTable tokens={items} />}
        </QueryView>
        {adding && <TokenPanel made={setMade} close={() => setAdding(false)} />}
        {made?.token && (
          <SecretOnce
            title={t('admin.tokens.made', { name: made.name })}
            warning={t('admin.tokens.once')}
            secret={made.token}
            close={() => setMade(null)}
          />
        )}
      </Page>
    </Guard>
  )
}

function TokenTable({ tokens }: { tokens: Token[] }) {
  const { t } = useTranslation()
  const now = useNow()
  const { data: agents } = useQuery(agentsQuery)
  return (
    <Table
      label={t('admin.sections.tokens')}
      rows={tokens}
      keyOf={(token) => token.id}
      columns={[
        {
          key: 'name',
          title: t('kit.name'),
          cell: (token) => (
            <>
              <strong>{token.name}</strong>
              <Small>
                <Mono>{token.prefix}…</Mono>
                {token.created_by && ` · ${nameOf(agents, token.created_by) ?? ''}`}
              </Small>
            </>
          ),
        },
        {
          key: 'scopes',
          title: t('admin.tokens.scopes'),
          width: 170,
          cell: (token) => (
            <span title={token.scopes.join('\n')}>
              {token.scopes.includes('*')
                ? t('admin.tokens.everything')
                : t('admin.tokens.count', { count: token.scopes.length })}
            </span>
          ),
        },
        {
          key: 'used',
          title: t('admin.tokens.used'),
          width: 130,
          cell: (token) => (token.last_used_at ? <Time at={token.last_used_at} /> : t('kit.never')),
        },
        {
          key: 'expires',
          title: t('admin.tokens.expires'),
          width: 150,
          cell: (token) => {
            if (!token.expires_at) return t('admin.tokens.unlimited')
            const left = Date.parse(token.expires_at) - now
            if (left <= 0) return <Tag tone="danger">{t('admin.tokens.expired')}</Tag>
            return (
              <span>
                <Time at={token.expires_at} />{' '}
                {left < 14 * 86_400_000 && <Tag tone="warn">{t('admin.tokens.soon')}</Tag>}
              </span>
            )
          },
        },
        {
          key: 'actions',
          title: t('kit.actions'),
          quiet: true,
          width: 90,
          end: true,
          cell: (token) => (
            <Above>
              <RemoveButton
                title={t('admin.tokens.revokeTitle', { name: token.name })}
                hint={t('admin.tokens.revokeHint')}
                text={t('admin.tokens.revoke')}
                remove={() => revokeToken(token.id)}
                keys={[tokensQuery.queryKey]}
                then={() => undefined}
              />
            </Above>
          ),
        },
      ]}
    />
  )
}

interface Fields {
  name: string
  scopes: string[]
  days: number
}
const lifetimes = [30, 90, 365, 0]

function TokenPanel({ made, close }: { made: (token: Token) => void; close: () => void }) {
  const { t } = useTranslation()
  const locale = useLocale()
  const [form] = Form.useForm<Fields>()
  const { data: permissions = [] } = useQuery(permissionsQuery)

  async function submit({ name, scopes, days }: Fields) {
    const expires_at = days ? dayjs().add(days, 'day').toISOString() : null
    made(await createToken({ name: name.trim(), scopes, expires_at }))
  }
  return (
    <FormPanel
      title={t('admin.tokens.add')}
      form={form}
      initial={{ days: 90, scopes: [] }}
      submit={submit}
      submitText={t('common.create')}
      done={null}
      keys={[tokensQuery.queryKey]}
      close={close}
    >
      <Form.Item
        name="name"
        label={t('kit.name')}
        extra={t('admin.tokens.nameHint')}
        rules={[{ required: true, whitespace: true, message: t('common.required') }]}
      >
        <Input autoFocus maxLength={120} />
      </Form.Item>
      <Form.Item
        name="scopes"
        label={t('admin.tokens.scopes')}
        extra={t('admin.tokens.scopesHint')}
        rules={[{ required: true, message: t('admin.tokens.needScope') }]}
      >
        <Select
          mode="multiple"
          showSearch={{ optionFilterProp: 'search' }}
          options={[
            { value: '*', label: t('admin.tokens.everything'), search: '*' },
            ...permissions.map(({ permission, title }) => {
              const name = title[locale] ?? title[locale.slice(0, 2)] ?? permission
              return { value: permission, label: name, search: `${name} ${permission}` }
            }),
          ]}
          optionRender={({ data }) => (
            <>
              {data.label} <Mono>{data.value === '*' ? '' : data.value}</Mono>
            </>
          )}
        />
      </Form.Item>
      <Form.Item name="days" label={t('admin.tokens.expires')}>
        <Select
          options={lifetimes.map((days) => ({
            value: days,
            label: days ? t('admin.tokens.days', { count: days }) : t('admin.tokens.unlimited'),
          }))}
        />
      </Form.Item>
    </FormPanel>
  )
}
