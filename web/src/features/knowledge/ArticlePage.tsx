import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { articleQuery } from '@/shared/api/knowledge'
import { useLocale, useTranslation } from '@/shared/i18n'
import { Guard, Page, QueryView } from '@/shared/page'
import { ArticleText } from './ArticleText'
import { Feedback } from './Feedback'
import { Figures } from './Figures'
import { Files } from './Files'
import styles from './knowledge.module.css'
import { Languages } from './Languages'
import { contentOf } from './names'
import { Properties } from './Properties'
import { Questions } from './Questions'

interface Props {
  id: string
  /** The language that is open. */
  language: string | undefined
  open: (language: string) => void
}

/** One article: its languages on the left, what holds for all of them on the right. */
export function ArticlePage({ id, language, open }: Props) {
  const { t } = useTranslation()
  const locale = useLocale()
  const query = useQuery(articleQuery(id))
  const [added, setAdded] = useState<string | null>(null)
  const article = query.data
  const shown = article && contentOf(article, language ?? locale)
  const current = added ?? language ?? shown?.locale ?? locale
  return (
    <Guard permission="knowledge:read">
      <Page
        title={shown?.title ?? t('knowledge.article')}
        width="wide"
        back={(look) => <Link to="/knowledge" {...look} />}
        backText={t('knowledge.title')}
      >
        <QueryView query={query} lines={12}>
          {(found) => (
            <div className={styles.article}>
              <div>
                <Languages
                  article={found}
                  current={current}
                  added={added}
                  open={(next) => {
                    setAdded(null)
                    open(next)
                  }}
                  add={setAdded}
                />
                <ArticleText
                  key={current}
                  article={found}
                  locale={current}
                  saved={() => {
                    if (added) open(added)
                    setAdded(null)
                  }}
                />
              </div>
              <div>
                <Properties article={found} />
                <Questions key={current} article={found} locale={current} />
                <Files article={found} />
                <Figures article={found} />
                <Feedback article={found} />
              </div>
            </div>
          )}
        </QueryView>
      </Page>
    </Guard>
  )
}
