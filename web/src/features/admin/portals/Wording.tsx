import { Form, Input } from 'antd'
import { languageName } from '@/shared/article'
import { useTranslation } from '@/shared/i18n'

/** Title and introduction in each language of the pages. */
export function Wording({ brand }: { brand: string }) {
  const { t } = useTranslation()
  const locales: string[] = Form.useWatch('locales') ?? []
  return locales.map((locale) => (
    <div key={locale}>
      <Form.Item
        name={['titles', locale]}
        label={t('portal.titleIn', { language: languageName(locale) })}
        extra={t('portal.titleHint', { brand })}
      >
        <Input maxLength={120} lang={locale} />
      </Form.Item>
      <Form.Item
        name={['intros', locale]}
        label={t('portal.introIn', { language: languageName(locale) })}
      >
        <Input.TextArea maxLength={500} lang={locale} autoSize={{ minRows: 2, maxRows: 6 }} />
      </Form.Item>
    </div>
  ))
}
