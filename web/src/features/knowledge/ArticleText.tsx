import { Button, Input } from 'antd'
import { Columns2, FileCode2, History } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import type { Article } from '@/shared/api/knowledge'
import { languageName, Rendered } from '@/shared/article'
import { useTranslation } from '@/shared/i18n'
import { useLeaveGuard } from '@/shared/page'
import { useCan } from '@/shared/session'
import { Empty, IconButton, Skeleton } from '@/shared/ui'
import { wouldLose } from './editor/kept'
import { SourceEditor } from './editor/SourceEditor'
import styles from './knowledge.module.css'
import { Publishing } from './Publishing'
import { useText } from './useText'
import { Versions } from './Versions'

const ArticleEditor = lazy(() => import('./editor/ArticleEditor'))

interface Props {
  article: Article
  locale: string
  saved: () => void
}

/** One language: written, looked at beside another one, published, and taken back in time. */
export function ArticleText({ article, locale, saved }: Props) {
  const mayEdit = useCan('knowledge:edit')
  const content = article.contents.find((one) => one.locale === locale)
  if (mayEdit) return <Writing article={article} locale={locale} saved={saved} />
  if (!content) return <Empty title={languageName(locale)} />
  return (
    <div className={styles.reading}>
      {content.summary && <p className={styles.summary}>{content.summary}</p>}
      <Rendered html={content.html} lang={locale} />
    </div>
  )
}

function Writing({ article, locale, saved }: Props) {
  const { t } = useTranslation()
  const text = useText(article, locale, saved)
  const { draft, change, changed, version } = text
  const [asSource, setSource] = useState(false)
  const [versions, setVersions] = useState(false)
  const [beside, setBeside] = useState<string | null>(null)
  useLeaveGuard(changed)
  const others = article.contents.filter((one) => one.locale !== locale)
  const compared = others.find((one) => one.locale === beside)
  const lost = wouldLose(draft.html)
  const source = asSource || lost.length > 0
  return (
    <>
      <Publishing article={article} locale={locale} text={text} />
      <div className={styles.sides} data-two={Boolean(compared)}>
        <div className={styles.writing}>
          <div className={styles.textTools}>
            <IconButton
              icon={FileCode2}
              label={t('knowledge.source')}
              pressed={source}
              disabled={lost.length > 0}
              onClick={() => setSource(!asSource)}
            />
            <IconButton
              icon={Columns2}
              label={t('knowledge.beside')}
              pressed={Boolean(compared)}
              disabled={others.length === 0}
              onClick={() => setBeside(compared ? null : (others[0]?.locale ?? null))}
            />
            <Button
              size="small"
              type="text"
              icon={<History size={15} aria-hidden="true" />}
              disabled={version === 0}
              onClick={() => setVersions(true)}
            >
              {t('knowledge.versions')}
            </Button>
          </div>
          <Input
            className={styles.title}
            aria-label={t('knowledge.articleTitle')}
            placeholder={t('knowledge.articleTitle')}
            lang={locale}
            maxLength={300}
            value={draft.title}
            onChange={(event) => change({ title: event.target.value })}
          />
          <Input.TextArea
            aria-label={t('knowledge.summary')}
            placeholder={t('knowledge.summary')}
            lang={locale}
            maxLength={1000}
            autoSize={{ minRows: 1, maxRows: 4 }}
            value={draft.summary}
            onChange={(event) => change({ summary: event.target.value })}
          />
          {source ? (
            <SourceEditor
              html={draft.html}
              label={t('knowledge.body')}
              lost={lost}
              onChange={(html) => change({ html })}
            />
          ) : (
            <Suspense fallback={<Skeleton lines={8} />}>
              <ArticleEditor
                key={`${version}-${text.nonce}`}
                html={draft.html}
                label={t('knowledge.body')}
                lang={locale}
                placeholder={t('knowledge.bodyHint')}
                onChange={(html) => change({ html })}
              />
            </Suspense>
          )}
        </div>
        {compared && (
          <section className={styles.beside} aria-label={languageName(compared.locale)}>
            <nav aria-label={t('knowledge.beside')}>
              {others.map((one) => (
                <Button
                  key={one.locale}
                  size="small"
                  type={one.locale === compared.locale ? 'primary' : 'default'}
                  aria-pressed={one.locale === compared.locale}
                  onClick={() => setBeside(one.locale)}
                >
                  {languageName(one.locale)}
                </Button>
              ))}
            </nav>
            <h2 lang={compared.locale}>{compared.title}</h2>
            <Rendered html={compared.html} lang={compared.locale} />
          </section>
        )}
      </div>
      {versions && (
        <Versions
          article={article}
          locale={locale}
          unsaved={changed}
          close={() => setVersions(false)}
        />
      )}
    </>
  )
}
