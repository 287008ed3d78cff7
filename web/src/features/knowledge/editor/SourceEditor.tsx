import { Input } from 'antd'
import { useTranslation } from '@/shared/i18n'
import { ConfirmBar } from '@/shared/ui'

interface Props {
  html: string
  label: string
  lost: string[]
  onChange: (html: string) => void
}

/** The markup itself, for articles with parts that the editor would drop. */
export function SourceEditor({ html, label, lost, onChange }: Props) {
  const { t } = useTranslation()
  return (
    <>
      {lost.length > 0 && (
        <ConfirmBar title={t('knowledge.asSource', { tags: lost.join(', ') })}>{null}</ConfirmBar>
      )}
      <Input.TextArea
        aria-label={label}
        value={html}
        spellCheck={false}
        autoSize={{ minRows: 14, maxRows: 30 }}
        style={{ fontFamily: 'ui-monospace, monospace', fontSize: 13 }}
        onChange={(event) => onChange(event.target.value)}
      />
    </>
  )
}
