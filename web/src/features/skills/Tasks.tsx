import { Button, Form } from 'antd'
import { Pencil } from 'lucide-react'
import { useState } from 'react'
import { Held } from '@/features/lab'
import { labKey } from '@/shared/api/lab'
import { putTask, type SkillTask, skillsKey } from '@/shared/api/skills'
import { localized, useLocale, useTranslation } from '@/shared/i18n'
import { Card, type Column, FormPanel, Small, Table } from '@/shared/page'
import { percent } from './figures'
import { ownWords, PromptFields, type Prompts } from './Prompts'

/** What agents ask of the copilot: what became of it, and what a model is told. */
export function Tasks({ tasks }: { tasks: SkillTask[] }) {
  const { t } = useTranslation()
  const locale = useLocale()
  const [edited, setEdited] = useState<SkillTask | null>(null)
  const columns: Column<SkillTask>[] = [
    {
      key: 'name',
      title: t('skills.task'),
      cell: (one) => (
        <>
          {localized(one.name, locale, one.id)}{' '}
          {one.held && <Held held={one.held} keys={[[...skillsKey]]} />}
          <Small>{localized(one.description, locale, '')}</Small>
        </>
      ),
    },
    { key: 'used', title: t('skills.used'), cell: (one) => <Used task={one} /> },
    {
      key: 'cases',
      title: t('skills.ownCases'),
      cell: ({ cases }) => t('skills.passed', { passed: cases.passed, cases: cases.cases }),
    },
    {
      key: 'words',
      title: '',
      cell: (one) =>
        one.may_ask_model && (
          <Button
            size="small"
            icon={<Pencil size={13} />}
            aria-label={t('skills.wordsOf', { name: localized(one.name, locale, one.id) })}
            onClick={() => setEdited(one)}
          >
            {t(Object.keys(one.prompts).length > 0 ? 'skills.ownWords' : 'skills.words')}
          </Button>
        ),
    },
  ]
  return (
    <Card title={t('skills.asked')} hint={t('skills.askedHint')} flush>
      <Table label={t('skills.asked')} columns={columns} rows={tasks} keyOf={({ id }) => id} bare />
      {edited && <Words task={edited} close={() => setEdited(null)} />}
    </Card>
  )
}

function Used({ task }: { task: SkillTask }) {
  const { t } = useTranslation()
  const locale = useLocale()
  const { made, accepted, edited, discarded } = task
  const settled = accepted + edited + discarded
  if (made === 0) return t('skills.unused')
  return (
    <>
      {t('skills.made', { count: made })}
      {settled > 0 && (
        <Small>
          {t('skills.became', {
            accepted: percent(accepted / settled, locale),
            edited: percent(edited / settled, locale),
            discarded: percent(discarded / settled, locale),
          })}
        </Small>
      )}
    </>
  )
}

function Words({ task, close }: { task: SkillTask; close: () => void }) {
  const { t } = useTranslation()
  const locale = useLocale()
  const [form] = Form.useForm<{ prompts: Prompts }>()
  return (
    <FormPanel
      title={t('skills.wordsOf', { name: localized(task.name, locale, task.id) })}
      form={form}
      initial={{ prompts: { ...task.usual_prompts, ...task.prompts } }}
      submit={() => {
        const values: { prompts: Prompts } = form.getFieldsValue(true)
        return putTask(task.id, { prompts: ownWords(values.prompts, task.usual_prompts) })
      }}
      keys={[[...skillsKey], [...labKey]]}
      close={close}
    >
      <PromptFields filled={t('skills.filledIn')} />
    </FormPanel>
  )
}
