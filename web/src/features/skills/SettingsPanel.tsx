import { Form, InputNumber, Select } from 'antd'
import { labKey } from '@/shared/api/lab'
import { type Ceiling, levels, putSkill, type Skill, skillsKey } from '@/shared/api/skills'
import { useLocale, useTranslation } from '@/shared/i18n'
import { FormPanel, SwitchField } from '@/shared/page'
import { percent } from './figures'
import { ownWords, PromptFields, type Prompts } from './Prompts'
import { useIntentName } from './SkillDetail'

interface Values {
  confidence: number | null
  asks_model: boolean
  prompts: Prompts
  held: string[]
}

const lowest: Ceiling = 'suggest'
/** How a skill decides, and the intents for which it never goes beyond suggesting. */
export function SettingsPanel({ skill, close }: { skill: Skill; close: () => void }) {
  const { t } = useTranslation()
  const locale = useLocale()
  const name = useIntentName()
  const [form] = Form.useForm<Values>()
  const intents = skill.standings.filter(({ intent }) => intent !== '')
  const { confidence } = skill
  const submit = () => {
    const values: Values = form.getFieldsValue(true)
    return putSkill(skill.id, {
      ceiling: skill.ceiling,
      confidence: values.confidence ? values.confidence / 100 : null,
      asks_model: Boolean(values.asks_model),
      prompts: ownWords(values.prompts, skill.usual_prompts),
      intents: Object.fromEntries(values.held.map((one) => [one, skill.intents[one] ?? lowest])),
    })
  }
  return (
    <FormPanel
      title={t('skills.settings')}
      form={form}
      initial={{
        confidence: confidence === null ? null : Math.round(confidence * 100),
        asks_model: skill.asks_model,
        prompts: { ...skill.usual_prompts, ...skill.prompts },
        held: Object.keys(skill.intents),
      }}
      submit={submit}
      keys={[[...skillsKey], [...labKey]]}
      close={close}
    >
      <Form.Item
        name="confidence"
        label={t('skills.confidence')}
        extra={t('skills.confidenceHint', { share: percent(skill.usual_confidence, locale) })}
      >
        <InputNumber min={50} max={99} suffix="%" style={{ width: 160 }} />
      </Form.Item>
      {skill.may_ask_model && (
        <Form.Item name="asks_model" valuePropName="checked">
          <SwitchField label={t('skills.asksModel')} hint={t('skills.asksModelHint')} />
        </Form.Item>
      )}
      {skill.may_ask_model && <PromptFields />}
      {skill.by_intent && (
        <Form.Item
          name="held"
          label={t('skills.intentCeilings', { level: t(`skills.levels.${levels[1]}`) })}
          extra={t('skills.intentCeilingsHint')}
        >
          <Select
            mode="tags"
            placeholder={t('skills.addIntent')}
            options={intents.map((one) => ({ value: one.intent, label: name(one) }))}
          />
        </Form.Item>
      )}
    </FormPanel>
  )
}
