import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { Button, Input } from 'antd'
import { useMemo, useState } from 'react'
import type { Id } from '@/shared/api'
import {
  keep,
  type PermissionInfo,
  permissionsQuery,
  type Role,
  rolesQuery,
} from '@/shared/api/admin'
import { useTranslation } from '@/shared/i18n'
import { Guard, Page, QueryView, RemoveButton, useAction, useLeaveGuard } from '@/shared/page'
import { ConfirmBar, Empty } from '@/shared/ui'
import { grantsOf, type Matrix, matrixOf } from './grants'
import { PermissionMatrix } from './PermissionMatrix'
import styles from './Roles.module.css'
import { useRoleName } from './roleName'

const roles = keep('roles')

export function RolePage({ id }: { id: Id }) {
  const { t } = useTranslation()
  const all = useQuery(rolesQuery)
  const permissions = useQuery(permissionsQuery)
  return (
    <Guard permission="role:manage">
      <QueryView query={all}>
        {(items) => {
          const role = items.find((item) => item.id === id)
          if (!role) return <Empty title={t('errors.notFound')} />
          return (
            <QueryView query={permissions}>
              {(known) => <Editor key={role.id} role={role} permissions={known} />}
            </QueryView>
          )
        }}
      </QueryView>
    </Guard>
  )
}

function Editor({ role, permissions }: { role: Role; permissions: PermissionInfo[] }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const navigate = useNavigate()
  const before = useMemo(() => matrixOf(role.grants, permissions), [role, permissions])
  const [matrix, setMatrix] = useState<Matrix>(before)
  const shownName = useRoleName()(role)
  const [name, setName] = useState(shownName)
  const { run, busy } = useAction()
  const fixed = role.system === 'admin'
  const changed =
    name.trim() !== shownName ||
    JSON.stringify(grantsOf(matrix).sort(byName)) !== JSON.stringify(grantsOf(before).sort(byName))

  useLeaveGuard(changed && !fixed)

  async function save() {
    const saved = await run(
      () =>
        roles.change(role.id, {
          ...(name.trim() === shownName ? {} : { name: name.trim() }),
          grants: grantsOf(matrix),
        }),
      { done: t('common.saved') },
    )
    if (!saved) return
    client.setQueryData(rolesQuery.queryKey, (old) =>
      old?.map((item) => (item.id === saved.id ? saved : item)),
    )
  }

  return (
    <Page
      title={shownName}
      lead={
        role.system ? t(`admin.roles.about.${role.system as 'lead'}`) : t('admin.roles.matrixLead')
      }
      back={(look) => <Link to="/admin/roles" {...look} />}
      backText={t('admin.sections.roles')}
      actions={
        !role.system && (
          <RemoveButton
            title={t('admin.roles.removeTitle', { name: shownName })}
            hint={t('admin.roles.removeHint')}
            remove={() => roles.remove(role.id)}
            keys={[rolesQuery.queryKey]}
            then={() => void navigate({ to: '/admin/roles' })}
          />
        )
      }
    >
      {fixed && (
        <div className={styles.fixed}>
          <ConfirmBar title={t('admin.roles.fixed')}>{null}</ConfirmBar>
        </div>
      )}
      {!fixed && (
        <label className={styles.rename}>
          {t('kit.name')}
          <Input value={name} maxLength={120} onChange={(event) => setName(event.target.value)} />
        </label>
      )}
      <PermissionMatrix
        permissions={permissions}
        matrix={matrix}
        change={setMatrix}
        readOnly={fixed}
      />
      {!fixed && (
        <div className={styles.save} data-changed={changed}>
          <Button
            type="primary"
            disabled={!changed || name.trim() === ''}
            loading={busy !== null}
            onClick={() => void save()}
          >
            {t('common.save')}
          </Button>
          {changed && (
            <Button
              onClick={() => {
                setMatrix(before)
                setName(shownName)
              }}
            >
              {t('admin.roles.reset')}
            </Button>
          )}
          {changed && <span role="status">{t('kit.unsaved')}</span>}
        </div>
      )}
    </Page>
  )
}

const byName = (a: { permission: string }, b: { permission: string }) =>
  a.permission.localeCompare(b.permission)
