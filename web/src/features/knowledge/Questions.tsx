import { useQueryClient } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { type Article, articleQuery, setQuestions } from '@/shared/api/knowledge'
import { useTranslation } from '@/shared/i18n'
import { Card, useAction } from '@/shared/page'
import { useCan } from '@/shared/session'
import styles from './knowledge.module.css'

/** The questions that one language answers, a line each: by them it is found. */
export function Questions({ article, locale }: { article: Article; locale: string }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const mayEdit = useCan('knowledge:edit')
  const { run, busy } = useAction()
  const known = article.texts.find((one) => one.locale === locale)
  const before = (known?.questions ?? []).join('\n')
  const [typed, setTyped] = useState<string | null>(null)
  if (!known) return null
  const value = typed ?? before
  const lines = [...new Set(value.split('\n').map((line) => line.trim()))].filter(Boolean)
  const save = async () => {
    const answer = await run(() => setQuestions(article.id, locale, lines))
    if (!answer) return
    client.setQueryData(articleQuery(article.id).queryKey, answer)
    setTyped(null)
  }
  return (
    <Card title={t('knowledge.questions')} hint={t('knowledge.questionsHint')}>
      <Input.TextArea
        id="article-questions"
        aria-label={t('knowledge.questions')}
        autoSize={{ minRows: 3, maxRows: 12 }}
        maxLength={10_000}
        disabled={!mayEdit}
        lang={locale}
        value={value}
        placeholder={t('knowledge.questionsExample')}
        onChange={(event) => setTyped(event.target.value)}
      />
      {mayEdit && lines.join('\n') !== before && (
        <Button
          type="primary"
          size="small"
          className={styles.save}
          loading={busy !== null}
          onClick={() => void save()}
        >
          {t('common.save')}
        </Button>
      )}
    </Card>
  )
}
