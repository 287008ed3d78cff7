import { useQuery } from '@tanstack/react-query'
import { Button, Form, Input, Select } from 'antd'
import { Plus, X } from 'lucide-react'
import { rolesQuery } from '@/shared/api/admin'
import { useTranslation } from '@/shared/i18n'
import { IconButton } from '@/shared/ui'
import { useRoleName } from '../people/roleName'
import styles from './panel.module.css'

/** Which roles see a source, and which parts of it only some of them see whole. */
export function Reach() {
  const { t } = useTranslation()
  return (
    <>
      <Form.Item name="role_ids" label={t('panelEdit.whichRoles')}>
        <Roles placeholder={t('panelEdit.everybody')} />
      </Form.Item>
      <fieldset className={styles.masks}>
        <legend>{t('panelEdit.masks')}</legend>
        <p className={styles.hint}>{t('panelEdit.masksHint')}</p>
        <Form.List name="masks">
          {(entries, { add, remove }) => (
            <>
              {entries.map((entry) => (
                <div key={entry.key} className={styles.mask}>
                  <Form.Item
                    name={[entry.name, 'part']}
                    label={t('panelEdit.part')}
                    rules={[{ required: true, message: t('common.required') }]}
                  >
                    <Input maxLength={81} placeholder="phone" autoComplete="off" />
                  </Form.Item>
                  <Form.Item name={[entry.name, 'how']} label={t('panelEdit.how')}>
                    <Select
                      options={(['hidden', 'ends'] as const).map((value) => ({
                        value,
                        label: t(`panelEdit.hows.${value}`),
                      }))}
                    />
                  </Form.Item>
                  <Form.Item name={[entry.name, 'role_ids']} label={t('panelEdit.whole')}>
                    <Roles placeholder={t('panelEdit.nobody')} />
                  </Form.Item>
                  <IconButton
                    icon={X}
                    label={t('panelEdit.removeMask', { number: entry.name + 1 })}
                    onClick={() => remove(entry.name)}
                  />
                </div>
              ))}
              <Button
                size="small"
                icon={<Plus size={13} />}
                onClick={() => add({ part: '', how: 'hidden', role_ids: [] })}
              >
                {t('panelEdit.addMask')}
              </Button>
            </>
          )}
        </Form.List>
      </fieldset>
    </>
  )
}

function Roles({ placeholder, ...field }: { placeholder: string }) {
  const nameOf = useRoleName()
  const { data: roles = [] } = useQuery(rolesQuery)
  return (
    <Select
      mode="multiple"
      allowClear
      placeholder={placeholder}
      options={roles.map((role) => ({ value: role.id, label: nameOf(role) }))}
      {...field}
    />
  )
}
