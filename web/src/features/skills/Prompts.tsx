import { Form, Input } from 'antd'
import { useTranslation } from '@/shared/i18n'

export type Prompts = { zh?: string; en?: string }

const languages = ['zh', 'en'] as const

/** Words that are the skill's own stay the skill's: an update may better them. */
export function ownWords(typed: Prompts = {}, usual: Record<string, string>): Prompts {
  const own: Prompts = {}
  for (const language of languages) {
    const text = typed[language]?.trim()
    if (text && text !== usual[language]?.trim()) own[language] = text
  }
  return own
}

/** What a model is told, in each language. */
export function PromptFields({ filled }: { filled?: string }) {
  const { t } = useTranslation()
  return languages.map((language) => (
    <Form.Item
      key={language}
      name={['prompts', language]}
      label={t(`skills.prompt.${language}`)}
      extra={
        language === 'en' && (
          <>
            {t('skills.promptHint')} {filled}
          </>
        )
      }
      rules={[{ min: 20, message: t('skills.promptShort') }]}
    >
      <Input.TextArea autoSize={{ minRows: 3, maxRows: 12 }} maxLength={8000} />
    </Form.Item>
  ))
}
