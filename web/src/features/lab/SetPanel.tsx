import { useQuery } from '@tanstack/react-query'
import { Form, InputNumber, Select } from 'antd'
import { brandsQuery } from '@/shared/api/admin'
import { addSet, changeSet, type GoldenSet, kinds, labKey, removeSet } from '@/shared/api/lab'
import { skillsOf, skillsQuery } from '@/shared/api/skills'
import { localized, useLocale, useTranslation } from '@/shared/i18n'
import { FormPanel, RequiredText, SwitchField } from '@/shared/page'

interface Props {
  /** The set to change; without one a new one is made. */
  set?: GoldenSet
  made?: (set: GoldenSet) => void
  removed?: () => void
  close: () => void
}

interface Values {
  name: string
  kind: GoldenSet['kind']
  tolerance: number
  guards: boolean
  nightly: boolean
  filters: GoldenSet['filters']
}

const fresh: Omit<Values, 'name'> = {
  kind: 'intent',
  tolerance: 2,
  guards: true,
  nightly: true,
  filters: { days: 180, brand_id: null, language: null, most: 200, per_label: 20, skill: null },
}

/** What a set measures, what waits for it, and which tickets its cases come from. */
export function SetPanel({ set, made, removed, close }: Props) {
  const { t } = useTranslation()
  const [form] = Form.useForm<Values>()
  const kind = Form.useWatch('kind', form) ?? set?.kind
  const initial = set ? { ...set, tolerance: Math.round(set.tolerance * 1000) / 10 } : fresh
  async function submit() {
    const { kind, ...values }: Values = form.getFieldsValue(true)
    const { days, brand_id, language, most, per_label, skill } = values.filters
    const body = {
      name: values.name,
      guards: values.guards,
      nightly: values.nightly,
      tolerance: values.tolerance / 100,
      filters: {
        days,
        most,
        per_label,
        brand_id: brand_id ?? null,
        language: language ?? null,
        skill: kind === 'skill' ? (skill ?? null) : null,
      },
    }
    if (set) await changeSet(set.id, body)
    else made?.(await addSet({ ...body, kind }))
  }
  return (
    <FormPanel
      title={set ? t('lab.settings') : t('lab.newSet')}
      form={form}
      initial={initial}
      submit={submit}
      keys={[[...labKey]]}
      close={close}
      removal={
        set && {
          title: t('lab.remove'),
          hint: t('lab.removeHint'),
          run: () => removeSet(set.id),
          after: removed,
        }
      }
    >
      <RequiredText name="name" label={t('lab.name')} maxLength={120} autoFocus={!set} />
      {!set && (
        <Form.Item name="kind" label={t('lab.kind')}>
          <Select options={kinds.map((value) => ({ value, label: t(`lab.kinds.${value}`) }))} />
        </Form.Item>
      )}
      {!set && kind === 'skill' && <Skills />}
      <Form.Item name="guards" valuePropName="checked">
        <SwitchField label={t('lab.guards')} hint={t('lab.guardsHint')} />
      </Form.Item>
      <Form.Item name="tolerance" label={t('lab.tolerance')} extra={t('lab.toleranceHint')}>
        <InputNumber min={0} max={50} step={0.5} suffix="%" style={{ width: 160 }} />
      </Form.Item>
      <Form.Item name="nightly" valuePropName="checked">
        <SwitchField label={t('lab.nightly')} hint={t('lab.nightlyHint')} />
      </Form.Item>
      {kind !== 'skill' && (
        <>
          <h3>{t('lab.from')}</h3>
          <Filters />
        </>
      )}
    </FormPanel>
  )
}

/** Whose cases: they come with the skill. */
function Skills() {
  const { t } = useTranslation()
  const locale = useLocale()
  const { data } = useQuery(skillsQuery)
  return (
    <Form.Item
      name={['filters', 'skill']}
      label={t('lab.skill')}
      extra={t('lab.skillHint')}
      rules={[{ required: true, message: t('common.required') }]}
    >
      <Select
        options={skillsOf(data).map(({ id, name }) => ({
          value: id,
          label: localized(name, locale, id),
        }))}
      />
    </Form.Item>
  )
}

function Filters() {
  const { t } = useTranslation()
  const { data: brands = [] } = useQuery(brandsQuery)
  const count = (name: string, label: string, max: number) => (
    <Form.Item name={['filters', name]} label={label}>
      <InputNumber min={1} max={max} style={{ width: 160 }} />
    </Form.Item>
  )
  return (
    <>
      {count('days', t('lab.days'), 3650)}
      <Form.Item name={['filters', 'brand_id']} label={t('lab.brand')}>
        <Select
          allowClear
          placeholder={t('lab.anyBrand')}
          options={brands.map(({ id, name }) => ({ value: id, label: name }))}
        />
      </Form.Item>
      <Form.Item name={['filters', 'language']} label={t('lab.language')}>
        <Select
          allowClear
          placeholder={t('lab.anyLanguage')}
          options={[
            { value: 'zh', label: '中文' },
            { value: 'en', label: 'English' },
          ]}
        />
      </Form.Item>
      {count('most', t('lab.most'), 500)}
      {count('per_label', t('lab.perLabel'), 100)}
    </>
  )
}
