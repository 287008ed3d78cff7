import { Form, InputNumber } from 'antd'
import { type Ladder, putLadder, skillsKey } from '@/shared/api/skills'
import { useTranslation } from '@/shared/i18n'
import { FormPanel, Two } from '@/shared/page'

const rungs = ['suggest', 'approve', 'act'] as const
type Rungs = Record<(typeof rungs)[number], { results: number; share: number }>
interface Values extends Rungs {
  newest: number
  slack: number
  in_a_row: number
}

const whole = (share: number) => Math.round(share * 1000) / 10
const wide = { style: { width: '100%' } }

/** What each level takes, and what costs one. */
export function LadderPanel({ ladder, close }: { ladder: Ladder; close: () => void }) {
  const { t } = useTranslation()
  const [form] = Form.useForm<Values>()
  const initial = {
    newest: ladder.newest,
    in_a_row: ladder.in_a_row,
    slack: whole(ladder.slack ?? 0),
    ...Object.fromEntries(
      rungs.map((one) => [
        one,
        { results: ladder[one]?.results, share: whole(ladder[one]?.share ?? 0) },
      ]),
    ),
  }
  const submit = () => {
    const values: Values = form.getFieldsValue(true)
    const sent = (one: keyof Rungs) => ({
      results: values[one].results,
      share: values[one].share / 100,
    })
    return putLadder({
      ...ladder,
      suggest: sent('suggest'),
      approve: sent('approve'),
      act: sent('act'),
      newest: values.newest,
      in_a_row: values.in_a_row,
      slack: values.slack / 100,
    })
  }
  return (
    <FormPanel
      title={t('skills.ladder')}
      form={form}
      initial={initial}
      submit={submit}
      keys={[[...skillsKey]]}
      close={close}
    >
      <p>{t('skills.ladderLead')}</p>
      {rungs.map((one) => (
        <Rung key={one} rung={one} />
      ))}
      <Two>
        <Form.Item name="newest" label={t('skills.newest')}>
          <InputNumber min={5} max={500} {...wide} />
        </Form.Item>
        <Form.Item name="in_a_row" label={t('skills.inARow')}>
          <InputNumber min={2} max={20} {...wide} />
        </Form.Item>
      </Two>
      <Form.Item name="slack" label={t('skills.slack')} extra={t('skills.slackHint')}>
        <InputNumber min={0} max={40} suffix="%" style={{ width: 160 }} />
      </Form.Item>
    </FormPanel>
  )
}

function Rung({ rung }: { rung: (typeof rungs)[number] }) {
  const { t } = useTranslation()
  const level = t(`skills.levels.${rung}`)
  return (
    <Two>
      <Form.Item name={[rung, 'results']} label={t('skills.ladderResults', { level })}>
        <InputNumber min={5} max={10_000} {...wide} />
      </Form.Item>
      <Form.Item name={[rung, 'share']} label={t('skills.ladderShare', { level })}>
        <InputNumber min={50} max={99.9} suffix="%" {...wide} />
      </Form.Item>
    </Two>
  )
}
