import { useQuery } from '@tanstack/react-query'
import { Form, Input, Radio, Select } from 'antd'
import { Suspense } from 'react'
import { ConditionBuilder } from '@/features/views'
import { type Condition, teamsQuery } from '@/shared/api'
import {
  createMacro,
  type Macro,
  type MacroIn,
  macrosQuery,
  removeMacro,
  saveMacro,
} from '@/shared/api/macros'
import { useTranslation } from '@/shared/i18n'
import { FormPanel, RequiredText, SwitchField } from '@/shared/page'
import { useCan } from '@/shared/session'
import { Skeleton } from '@/shared/ui'
import { ActionsField } from './ActionsField'
import { FilesField } from './FilesField'
import { MacroPreview } from './MacroPreview'
import { stepsOf } from './params'
import { TextsField } from './TextsField'
import { Usage } from './Usage'

type Fields = Pick<
  MacroIn,
  'title' | 'folder' | 'shortcut' | 'reach' | 'team_id' | 'variants' | 'actions' | 'active'
> & { condition: Condition; attachments: Macro['attachments'] }

const keys = [macrosQuery.queryKey]

/** One macro: its words, its actions, whom it is for, and how it is used. */
export function MacroPanel({ macro, close }: { macro: Macro | null; close: () => void }) {
  const { t, i18n } = useTranslation()
  const [form] = Form.useForm<Fields>()
  const manages = useCan('macro:manage')
  const initial: Fields = (macro as Fields | null) ?? {
    title: '',
    folder: '',
    shortcut: '',
    reach: manages ? 'all' : 'me',
    team_id: null,
    variants: [{ locale: i18n.language, body: '', html: '' }],
    condition: { all: [] },
    attachments: [],
    actions: [],
    active: true,
  }

  const send = (values: Fields) => {
    const body: MacroIn = {
      ...values,
      condition: values.condition as Record<string, unknown>,
      attachments: values.attachments.map(({ id }) => id),
      team_id: values.reach === 'team' ? values.team_id : null,
      variants: (values.variants ?? []).filter((one) => one.body?.trim()),
      actions: stepsOf(values.actions),
    }
    return macro ? saveMacro(macro.id, body) : createMacro(body)
  }
  return (
    <FormPanel
      title={macro?.title ?? t('macroEdit.add')}
      form={form}
      initial={initial}
      submit={send}
      keys={keys}
      close={close}
      width={620}
      readOnly={macro !== null && !macro.may_edit}
      removal={
        macro?.may_edit && {
          title: t('macroEdit.removeTitle', { name: macro.title }),
          hint: t('macroEdit.removeHint'),
          run: () => removeMacro(macro.id),
        }
      }
    >
      <RequiredText name="title" label={t('macroEdit.name')} autoFocus={!macro} maxLength={120} />
      <Form.Item
        name="shortcut"
        label={t('macroEdit.shortcut')}
        extra={t('macroEdit.shortcutHint')}
      >
        <Input addonBefore="/" maxLength={40} autoComplete="off" />
      </Form.Item>
      <Form.Item name="folder" label={t('macroEdit.folder')} extra={t('macroEdit.folderHint')}>
        <Input maxLength={200} />
      </Form.Item>
      <Reach manages={manages} />
      <TextsField />
      <Form.Item name="attachments" label={t('macroEdit.files')}>
        <FilesField />
      </Form.Item>
      <ActionsField />
      <Form.Item
        name="condition"
        label={t('macroEdit.condition')}
        extra={t('macroEdit.conditionHint')}
      >
        <Where />
      </Form.Item>
      <Form.Item name="active" valuePropName="checked">
        <SwitchField label={t('macroEdit.active')} />
      </Form.Item>
      {macro && <MacroPreview macro={macro} />}
      {macro && <Usage macro={macro} />}
    </FormPanel>
  )
}

/** At which tickets it is offered; the builder is fetched when it is shown. */
function Where(props: { value?: Condition; onChange?: (condition: Condition) => void }) {
  return (
    <Suspense fallback={<Skeleton lines={2} />}>
      <ConditionBuilder {...props} />
    </Suspense>
  )
}

function Reach({ manages }: { manages: boolean }) {
  const { t } = useTranslation()
  const { data: teams = [] } = useQuery(teamsQuery)
  const reach: unknown = Form.useWatch('reach')
  return (
    <>
      <Form.Item name="reach" label={t('macroEdit.reach')}>
        <Radio.Group>
          {(['me', 'team', 'all'] as const).map((value) => (
            <Radio key={value} value={value} disabled={!manages && value !== 'me'}>
              {t(`macroEdit.reaches.${value}`)}
            </Radio>
          ))}
        </Radio.Group>
      </Form.Item>
      {reach === 'team' && (
        <Form.Item
          name="team_id"
          label={t('macroEdit.team')}
          rules={[{ required: true, message: t('common.required') }]}
        >
          <Select options={teams.map((team) => ({ value: team.id, label: team.name }))} />
        </Form.Item>
      )}
    </>
  )
}
