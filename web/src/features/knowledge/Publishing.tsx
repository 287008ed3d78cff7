import { useQuery, useQueryClient } from '@tanstack/react-query'
import { App, Button } from 'antd'
import { ExternalLink } from 'lucide-react'
import { Held } from '@/features/lab'
import {
  type Article,
  archiveText,
  articleQuery,
  knowledgeKeys,
  publishText,
} from '@/shared/api/knowledge'
import { portalsQuery } from '@/shared/api/portals'
import { useTranslation } from '@/shared/i18n'
import { useAction, useAsk } from '@/shared/page'
import { useCan } from '@/shared/session'
import { Time } from '@/shared/ui'
import styles from './knowledge.module.css'
import type { TextState } from './useText'

interface Props {
  article: Article
  locale: string
  text: TextState
}

/** Saving, and what readers see of it. */
export function Publishing({ article, locale, text }: Props) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const ask = useAsk()
  const mayPublish = useCan('knowledge:publish')
  const { message } = App.useApp()
  const { run, busy } = useAction()
  const { data: portals = [] } = useQuery(portalsQuery)
  const state = article.texts.find((one) => one.locale === locale)
  const isShown = state?.state === 'published'
  const isNewest = isShown && state?.published === state?.version && !text.changed
  const place = portals.find(
    ({ active, brand_id }) => active && (!article.brand_id || article.brand_id === brand_id),
  )
  const settle = async (work: () => Promise<Article>, done: string) => {
    const answer = await run(work, { keys: [[...knowledgeKeys.all, 'list']] })
    if (!answer) return
    client.setQueryData(articleQuery(article.id).queryKey, answer)
    // What golden sets are checked with first is not done yet; that stands beside it.
    if (answer.texts.every(({ locale: one, held }) => one !== locale || !held?.length)) {
      message.success(done)
    }
  }
  async function publish() {
    if (text.changed && !(await text.save())) return
    await settle(() => publishText(article.id, locale), t('knowledge.published'))
  }
  async function unpublish() {
    const sure = await ask({
      title: t('knowledge.unpublishTitle'),
      hint: t('knowledge.unpublishHint'),
      ok: t('knowledge.unpublish'),
    })
    if (sure) await settle(() => archiveText(article.id, locale), t('knowledge.unpublished'))
  }
  return (
    <div className={styles.publishing}>
      <p role="status">
        {text.changed ? t('kit.unsaved') : <Standing state={state} />}
        {state?.held?.map((held) => (
          <Held key={held.id} held={held} keys={[[...knowledgeKeys.all]]} />
        ))}
        {isShown && place && article.audience !== 'agents' && (
          <a href={`${place.url}/${locale}/a/${article.id}`} target="_blank" rel="noreferrer">
            <ExternalLink size={13} aria-hidden="true" /> {t('knowledge.onPages')}
          </a>
        )}
      </p>
      <Button
        disabled={!text.changed || !text.draft.title.trim()}
        loading={text.busy}
        onClick={() => void text.save()}
      >
        {t('common.save')}
      </Button>
      {mayPublish && isShown && (
        <Button disabled={busy !== null} onClick={() => void unpublish()}>
          {t('knowledge.unpublish')}
        </Button>
      )}
      {mayPublish && (
        <Button
          type="primary"
          loading={busy !== null}
          disabled={isNewest || !text.draft.title.trim()}
          onClick={() => void publish()}
        >
          {isShown ? t('knowledge.publishChanges') : t('knowledge.publish')}
        </Button>
      )}
    </div>
  )
}

function Standing({ state }: { state: Article['texts'][number] | undefined }) {
  const { t } = useTranslation()
  if (!state) return t('knowledge.notSaved')
  if (state.state === 'archived') return t('knowledge.isArchived')
  if (state.state === 'draft') return t('knowledge.isDraft')
  if (state.published !== state.version) {
    return t('knowledge.isBehind', { shown: state.published ?? 0, newest: state.version })
  }
  return (
    <>
      {t('knowledge.isShown')} {state.published_at && <Time at={state.published_at} />}
    </>
  )
}
