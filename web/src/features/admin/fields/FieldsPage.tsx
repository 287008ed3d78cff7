import { useNavigate } from '@tanstack/react-router'
import { Segmented } from 'antd'
import type { FieldObject } from '@/shared/api/fields'
import { useTranslation } from '@/shared/i18n'
import { Guard, Page } from '@/shared/page'
import { FieldsTab } from './FieldsTab'
import { FormsTab } from './FormsTab'
import styles from './fields.module.css'
import { RulesTab } from './RulesTab'

export type FieldsTabName = 'fields' | 'rules' | 'forms'
interface Props {
  object: FieldObject
  tab: FieldsTabName
}
const objects: FieldObject[] = ['ticket', 'customer', 'company']
const tabs = ['fields', 'rules', 'forms'] as const
const bodies = { fields: FieldsTab, rules: RulesTab, forms: FormsTab }

export function FieldsPage({ object, tab }: Props) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const go = (next: Partial<Props>) =>
    void navigate({ to: '/admin/fields', search: { object, tab, ...next } })
  const Body = bodies[tab]
  return (
    <Guard permission="field:manage">
      <Page title={t('fields.admin.title')} lead={t('fields.admin.lead')}>
        <div className={styles.tabs}>
          <Segmented
            value={object}
            options={objects.map((value) => ({ value, label: t(`fields.objects.${value}`) }))}
            onChange={(next) => go({ object: next })}
          />
          <Segmented
            value={tab}
            options={tabs.map((value) => ({ value, label: t(`fields.admin.tabs.${value}`) }))}
            onChange={(next) => go({ tab: next })}
          />
        </div>
        <Body key={object} object={object} />
      </Page>
    </Guard>
  )
}
