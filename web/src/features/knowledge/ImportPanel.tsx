import { useNavigate } from '@tanstack/react-router'
import { Button, Form } from 'antd'
import { FileUp } from 'lucide-react'
import { useRef, useState } from 'react'
import {
  createArticle,
  type Document,
  knowledgeKeys,
  previewDocument,
} from '@/shared/api/knowledge'
import { Rendered } from '@/shared/article'
import { useLocale, useTranslation } from '@/shared/i18n'
import { FormPanel } from '@/shared/page'
import { ConfirmBar, errorText } from '@/shared/ui'
import styles from './knowledge.module.css'
import { type Placing, PlacingFields } from './NewArticle'

const accept = '.md,.markdown,.txt,.html,.htm,.docx,.pdf'

/** A document is looked at first; only then it becomes a draft. */
export function ImportPanel({ close }: { close: () => void }) {
  const { t } = useTranslation()
  const locale = useLocale()
  const navigate = useNavigate()
  const [form] = Form.useForm<Placing>()
  const picker = useRef<HTMLInputElement>(null)
  const [found, setFound] = useState<{ name: string; document: Document } | null>(null)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)

  async function look(file: File | undefined) {
    if (!file) return
    setBusy(true)
    setProblem(null)
    try {
      const document = await previewDocument(file)
      setFound({ name: file.name, document })
      form.setFieldsValue({
        title: document.title || file.name.replace(/\.\w+$/, ''),
        locale: /[\u4e00-\u9fff]/.test(document.title + document.html) ? 'zh-CN' : 'en',
      })
    } catch (error) {
      setFound(null)
      setProblem(errorText(t, error))
    } finally {
      setBusy(false)
    }
  }

  async function submit(values: Placing) {
    if (!found) throw new Error(t('knowledge.chooseFirst'))
    const made = await createArticle({
      ...values,
      html: found.document.html,
      category_id: values.category_id ?? null,
      brand_id: values.brand_id ?? null,
    })
    void navigate({ to: '/knowledge/$id', params: { id: made.id } })
  }

  return (
    <FormPanel
      title={t('knowledge.import')}
      form={form}
      initial={{ locale, audience: 'public' }}
      submit={submit}
      submitText={t('knowledge.importNow')}
      done={null}
      keys={[knowledgeKeys.all]}
      close={close}
      width={680}
    >
      <div className={styles.choose}>
        <Button icon={<FileUp size={15} />} loading={busy} onClick={() => picker.current?.click()}>
          {found ? t('knowledge.chooseOther') : t('knowledge.choose')}
        </Button>
        <span>{found?.name ?? t('knowledge.kinds')}</span>
        <input
          ref={picker}
          type="file"
          style={{ display: 'none' }} // the kit's forms draw what is only `hidden`
          accept={accept}
          aria-label={t('knowledge.choose')}
          onChange={(event) => {
            void look(event.target.files?.[0])
            event.target.value = ''
          }}
        />
      </div>
      {problem && (
        <ConfirmBar tone="danger" title={problem}>
          {null}
        </ConfirmBar>
      )}
      {found && (
        <>
          {found.document.notes.map((note) => (
            <ConfirmBar key={note} title={t(`knowledge.notes.${note}`)}>
              {null}
            </ConfirmBar>
          ))}
          <section className={styles.preview} aria-label={t('knowledge.preview')}>
            <Rendered html={found.document.html} />
          </section>
          <PlacingFields />
        </>
      )}
    </FormPanel>
  )
}
