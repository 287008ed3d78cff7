import { Form, Input, Tabs } from 'antd'
import type { Survey } from '@/shared/api/surveys'
import { useTranslation } from '@/shared/i18n'

const locales = ['zh-CN', 'en'] as const
const names = { 'zh-CN': '简体中文', en: 'English' }
const parts = ['intro', 'question', 'thanks'] as const
const longest = { intro: 2000, question: 300, thanks: 1000 }

/** Own words by language; what stays empty is said as shown. */
export function TextsFields({ defaults }: { defaults?: Survey['defaults'] }) {
  const { t } = useTranslation()
  return (
    <Form.Item label={t('surveys.texts')} extra={t('surveys.textsHint')}>
      <Tabs
        size="small"
        items={locales.map((locale) => ({
          key: locale,
          label: names[locale],
          forceRender: true,
          children: parts.map((part) => (
            <Form.Item key={part} name={['texts', locale, part]} label={t(`surveys.parts.${part}`)}>
              <Input.TextArea
                autoSize={{ minRows: 1, maxRows: 6 }}
                maxLength={longest[part]}
                placeholder={defaults?.[locale]?.[part]}
              />
            </Form.Item>
          )),
        }))}
      />
    </Form.Item>
  )
}
