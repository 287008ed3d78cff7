import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { Button, Form, Select } from 'antd'
import { Lock, Plus, ShieldCheck } from 'lucide-react'
import { useState } from 'react'
import { keep, permissionsQuery, type Role, rolesQuery } from '@/shared/api/admin'
import { useTranslation } from '@/shared/i18n'
import {
  FormPanel,
  Guard,
  Page,
  QueryView,
  RequiredText,
  rowLink,
  Table,
  WithIcon,
} from '@/shared/page'
import { Empty, Tag } from '@/shared/ui'
import { matrixOf } from './grants'
import { useRoleName } from './roleName'

const roles = keep('roles')

export function RolesPage() {
  const { t } = useTranslation()
  const query = useQuery(rolesQuery)
  const { data: permissions = [] } = useQuery(permissionsQuery)
  const [adding, setAdding] = useState(false)
  const roleName = useRoleName()
  const add = (
    <Button type="primary" icon={<Plus size={15} />} onClick={() => setAdding(true)}>
      {t('admin.roles.add')}
    </Button>
  )
  return (
    <Guard permission="role:manage">
      <Page title={t('admin.sections.roles')} lead={t('admin.roles.lead')} actions={add}>
        <QueryView
          query={query}
          empty={
            <Empty icon={ShieldCheck} title={t('admin.roles.empty')}>
              {add}
            </Empty>
          }
        >
          {(items) => (
            <Table
              label={t('admin.sections.roles')}
              rows={items}
              keyOf={(role) => role.id}
              opens
              columns={[
                {
                  key: 'name',
                  title: t('kit.name'),
                  cell: (role) => (
                    <WithIcon
                      icon={
                        role.system === 'admin' ? (
                          <Lock size={16} aria-hidden="true" />
                        ) : (
                          <ShieldCheck size={16} aria-hidden="true" />
                        )
                      }
                      name={
                        <Link to="/admin/roles/$id" params={{ id: role.id }} className={rowLink}>
                          {roleName(role)}
                        </Link>
                      }
                      note={
                        role.system &&
                        t(`admin.roles.about.${role.system as 'lead'}`, { defaultValue: '' })
                      }
                    />
                  ),
                },
                {
                  key: 'system',
                  title: t('admin.roles.origin'),
                  width: 140,
                  cell: (role) => (
                    <Tag tone={role.system ? 'neutral' : 'info'}>
                      {role.system ? t('admin.roles.system') : t('admin.roles.own')}
                    </Tag>
                  ),
                },
                {
                  key: 'count',
                  title: t('admin.roles.permissions'),
                  width: 120,
                  end: true,
                  cell: (role) =>
                    `${Object.keys(matrixOf(role.grants, permissions)).length} / ${permissions.length}`,
                },
              ]}
            />
          )}
        </QueryView>
        {adding && <NewRole roles={query.data ?? []} close={() => setAdding(false)} />}
      </Page>
    </Guard>
  )
}

interface Fields {
  name: string
  like?: string
}

/** A new role begins as a copy of another one: it is easier to take away than to think of everything. */
function NewRole({ roles: items, close }: { roles: Role[]; close: () => void }) {
  const { t } = useTranslation()
  const [form] = Form.useForm<Fields>()
  const roleName = useRoleName()
  const client = useQueryClient()
  const navigate = useNavigate()

  async function submit({ name, like }: Fields) {
    const grants = items.find((role) => role.id === like)?.grants ?? []
    const role = await roles.create({ name: name.trim(), grants })
    client.setQueryData(rolesQuery.queryKey, (old) => [...(old ?? []), role])
    void navigate({ to: '/admin/roles/$id', params: { id: role.id } })
  }
  return (
    <FormPanel
      title={t('admin.roles.add')}
      form={form}
      initial={{ like: items.find((role) => role.system === 'agent')?.id }}
      submit={submit}
      submitText={t('common.create')}
      keys={[rolesQuery.queryKey]}
      done={null}
      close={close}
    >
      <RequiredText name="name" label={t('kit.name')} autoFocus maxLength={120} />
      <Form.Item name="like" label={t('admin.roles.like')} extra={t('admin.roles.likeHint')}>
        <Select
          allowClear
          placeholder={t('admin.roles.nothing')}
          options={items
            .filter((role) => role.system !== 'admin')
            .map((role) => ({ value: role.id, label: roleName(role) }))}
        />
      </Form.Item>
    </FormPanel>
  )
}
