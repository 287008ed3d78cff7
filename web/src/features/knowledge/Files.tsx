import { useQueryClient } from '@tanstack/react-query'
import { App, Button } from 'antd'
import { Paperclip, X } from 'lucide-react'
import { useRef, useState } from 'react'
import { uploadFile } from '@/shared/api'
import { type Article, articleQuery, changeArticle } from '@/shared/api/knowledge'
import { fileSize } from '@/shared/format'
import { useLocale, useTranslation } from '@/shared/i18n'
import { Card, useAction } from '@/shared/page'
import { useCan } from '@/shared/session'
import { errorText, IconButton } from '@/shared/ui'
import styles from './knowledge.module.css'

/** Files that are offered below the article. */
export function Files({ article }: { article: Article }) {
  const { t } = useTranslation()
  const locale = useLocale()
  const client = useQueryClient()
  const { message } = App.useApp()
  const mayEdit = useCan('knowledge:edit')
  const { run, busy } = useAction()
  const [share, setShare] = useState<number | null>(null)
  const picker = useRef<HTMLInputElement>(null)
  const ids = article.files.map(({ id }) => id)
  const keep = async (file_ids: string[]) => {
    const answer = await run(() => changeArticle(article.id, { file_ids }))
    if (answer) client.setQueryData(articleQuery(article.id).queryKey, answer)
  }
  async function add(file: File | undefined) {
    if (!file) return
    setShare(0)
    try {
      const saved = await uploadFile(file, setShare)
      await keep([...ids, saved.id])
    } catch (error) {
      message.error(errorText(t, error))
    } finally {
      setShare(null)
    }
  }
  if (!mayEdit && article.files.length === 0) return null
  return (
    <Card title={t('knowledge.files')}>
      <ul className={styles.files}>
        {article.files.map((file) => (
          <li key={file.id}>
            <a href={file.url} className="truncate">
              {file.name}
            </a>
            <small>{fileSize(file.size, locale)}</small>
            {mayEdit && (
              <IconButton
                size="small"
                icon={X}
                label={t('knowledge.removeFile', { name: file.name })}
                disabled={busy !== null}
                onClick={() => void keep(ids.filter((id) => id !== file.id))}
              />
            )}
          </li>
        ))}
      </ul>
      {mayEdit && (
        <Button
          size="small"
          icon={<Paperclip size={14} />}
          loading={share !== null}
          onClick={() => picker.current?.click()}
        >
          {share === null ? t('knowledge.addFile') : `${Math.round(share * 100)}%`}
        </Button>
      )}
      <input
        ref={picker}
        type="file"
        hidden
        aria-label={t('knowledge.addFile')}
        onChange={(event) => {
          void add(event.target.files?.[0])
          event.target.value = ''
        }}
      />
    </Card>
  )
}
