import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Drawer } from 'antd'
import { RotateCcw } from 'lucide-react'
import { useState } from 'react'
import {
  type Article,
  articleQuery,
  bringBack,
  type DiffLine,
  diffQuery,
  knowledgeKeys,
  versionsQuery,
} from '@/shared/api/knowledge'
import { languageName } from '@/shared/article'
import { useTranslation } from '@/shared/i18n'
import { QueryView, useAction } from '@/shared/page'
import { Tag, Time } from '@/shared/ui'
import styles from './knowledge.module.css'

interface Props {
  article: Article
  locale: string
  /** What is written and not saved would be lost by bringing a version back. */
  unsaved: boolean
  close: () => void
}

/** All versions, what each changed, and the way back. */
export function Versions({ article, locale, unsaved, close }: Props) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const { run, busy } = useAction()
  const query = useInfiniteQuery(versionsQuery(article.id, locale))
  const items = query.data?.pages.flatMap((page) => page.items)
  const state = article.texts.find((text) => text.locale === locale)
  const [chosen, setChosen] = useState<number | null>(null)
  const shown = chosen ?? state?.version ?? 1

  async function restore(version: number) {
    const answer = await run(() => bringBack(article.id, locale, version), {
      done: t('knowledge.broughtBack', { version }),
      keys: [versionsQuery(article.id, locale).queryKey, [...knowledgeKeys.all, 'list']],
    })
    if (!answer) return
    client.setQueryData(articleQuery(article.id).queryKey, answer)
    close()
  }

  return (
    <Drawer
      open
      title={t('knowledge.versionsOf', { language: languageName(locale) })}
      size={820}
      styles={{ wrapper: { maxWidth: '100vw' } }}
      onClose={close}
    >
      <div className={styles.versions}>
        <QueryView query={{ ...query, data: items }} lines={6}>
          {(all) => (
            <ol aria-label={t('knowledge.versions')}>
              {all.map((one) => (
                <li key={one.version}>
                  <button
                    type="button"
                    aria-current={one.version === shown}
                    onClick={() => setChosen(one.version)}
                  >
                    <strong>{t('knowledge.versionNumber', { version: one.version })}</strong>
                    {state?.published === one.version && (
                      <Tag tone="ok">{t('knowledge.states.published')}</Tag>
                    )}
                    <small>
                      {one.author} · <Time at={one.at} />
                    </small>
                    {one.restored && (
                      <small>{t('knowledge.restoredFrom', { version: one.restored })}</small>
                    )}
                  </button>
                </li>
              ))}
              {query.hasNextPage && (
                <li>
                  <Button size="small" onClick={() => void query.fetchNextPage()}>
                    {t('common.loadMore')}
                  </Button>
                </li>
              )}
            </ol>
          )}
        </QueryView>
        <section aria-label={t('knowledge.changes')}>
          <header>
            <h3>
              {shown > 1
                ? t('knowledge.changesIn', { old: shown - 1, version: shown })
                : t('knowledge.firstVersion')}
            </h3>
            {state && shown !== state.version && (
              <Button
                size="small"
                icon={<RotateCcw size={13} />}
                loading={busy !== null}
                disabled={unsaved}
                title={unsaved ? t('knowledge.saveFirst') : undefined}
                onClick={() => void restore(shown)}
              >
                {t('knowledge.bringBack')}
              </Button>
            )}
          </header>
          <Changes article={article.id} locale={locale} version={shown} />
        </section>
      </div>
    </Drawer>
  )
}

interface ChangesProps {
  article: string
  locale: string
  version: number
}

function Changes({ article, locale, version }: ChangesProps) {
  const { t } = useTranslation()
  const query = useQuery(diffQuery(article, locale, Math.max(1, version - 1), version))
  return (
    <QueryView query={query} lines={6}>
      {({ title, summary, body }) => (
        <>
          {[...title, ...summary].some(({ change }) => change !== 'same') && (
            <Diff label={t('knowledge.articleTitle')} lines={[...title, ...summary]} />
          )}
          <Diff label={t('knowledge.body')} lines={body} />
        </>
      )}
    </QueryView>
  )
}

/** Lines of both versions. What changed is also said by its element, not by colour alone. */
function Diff({ label, lines }: { label: string; lines: DiffLine[] }) {
  return (
    <section className={styles.diff} aria-label={label}>
      {lines.map((line, at) => {
        const Line = line.change === 'added' ? 'ins' : line.change === 'removed' ? 'del' : 'span'
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines of one comparison never move
          <Line key={at} data-change={line.change}>
            {line.parts.map((part, place) =>
              part.changed ? (
                // biome-ignore lint/suspicious/noArrayIndexKey: parts of one line never move
                <mark key={place}>{part.text}</mark>
              ) : (
                part.text
              ),
            )}
          </Line>
        )
      })}
    </section>
  )
}
