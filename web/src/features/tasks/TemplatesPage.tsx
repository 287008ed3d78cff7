import { useQuery } from '@tanstack/react-query'
import { Button, Form } from 'antd'
import { ListChecks, Plus } from 'lucide-react'
import { useState } from 'react'
import {
  type ChecklistTemplate,
  type NewChecklistTemplate,
  removeTemplate,
  saveTemplate,
  templatesQuery,
} from '@/shared/api/tasks'
import { useTranslation } from '@/shared/i18n'
import {
  FormPanel,
  Guard,
  Page,
  QueryView,
  RequiredText,
  RowButton,
  Small,
  Table,
} from '@/shared/page'
import { Empty, Time } from '@/shared/ui'
import { TemplateItems } from './TemplateItems'

export default function TemplatesPage() {
  const { t } = useTranslation()
  const query = useQuery(templatesQuery)
  const [edited, setEdited] = useState<ChecklistTemplate | 'new' | null>(null)
  const add = (
    <Button type="primary" icon={<Plus size={15} />} onClick={() => setEdited('new')}>
      {t('surveys.templates.add')}
    </Button>
  )
  return (
    <Guard permission="checklist:manage">
      <Page title={t('admin.sections.checklists')} lead={t('surveys.templates.lead')} actions={add}>
        <QueryView
          query={query}
          empty={
            <Empty
              icon={ListChecks}
              title={t('surveys.templates.empty')}
              hint={t('surveys.templates.emptyHint')}
            >
              {add}
            </Empty>
          }
        >
          {(items) => (
            <Table
              label={t('admin.sections.checklists')}
              rows={items}
              keyOf={({ id }) => id}
              opens
              columns={[
                {
                  key: 'name',
                  title: t('kit.name'),
                  cell: (template) => (
                    <>
                      <RowButton onClick={() => setEdited(template)}>{template.name}</RowButton>
                      <Small>
                        {template.items.map(({ text }) => text).join(t('surveys.comma'))}
                      </Small>
                    </>
                  ),
                },
                {
                  key: 'count',
                  title: t('surveys.templates.items'),
                  width: 110,
                  cell: ({ items: lines }) => lines.length,
                },
                {
                  key: 'at',
                  title: t('surveys.templates.changed'),
                  width: 140,
                  cell: ({ updated_at }) => <Time at={updated_at} />,
                },
              ]}
            />
          )}
        </QueryView>
        {edited && (
          <TemplatePanel
            template={edited === 'new' ? null : edited}
            close={() => setEdited(null)}
          />
        )}
      </Page>
    </Guard>
  )
}

interface PanelProps {
  template: ChecklistTemplate | null
  close: () => void
}

function TemplatePanel({ template, close }: PanelProps) {
  const { t } = useTranslation()
  const [form] = Form.useForm<NewChecklistTemplate>()
  const keys = [templatesQuery.queryKey]
  return (
    <FormPanel
      title={template?.name ?? t('surveys.templates.add')}
      form={form}
      width={560}
      initial={
        template
          ? { name: template.name, items: template.items }
          : { name: '', items: [{ text: '', due_minutes: null }] }
      }
      submit={(values) => saveTemplate(template?.id ?? null, values)}
      keys={keys}
      close={close}
      removal={
        template && {
          title: t('surveys.templates.removeTitle', { name: template.name }),
          hint: t('surveys.templates.removeHint'),
          run: () => removeTemplate(template.id),
        }
      }
    >
      <RequiredText name="name" label={t('kit.name')} autoFocus={!template} maxLength={100} />
      <Form.Item label={t('surveys.templates.items')} extra={t('surveys.templates.itemsHint')}>
        <TemplateItems />
      </Form.Item>
    </FormPanel>
  )
}
