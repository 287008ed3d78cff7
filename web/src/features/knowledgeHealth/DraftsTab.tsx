import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { FilePen } from 'lucide-react'
import { type Draft, draftsQuery } from '@/shared/api/upkeep'
import { useTranslation } from '@/shared/i18n'
import { QueryView } from '@/shared/page'
import { ButtonLink, Empty, Time } from '@/shared/ui'
import styles from './health.module.css'

/** Drafts from tickets that wait for somebody to read them. */
export function DraftsTab() {
  const { t } = useTranslation()
  const query = useQuery(draftsQuery())
  return (
    <QueryView
      query={query}
      lines={8}
      empty={
        <Empty icon={FilePen} title={t('upkeep.drafts.none')} hint={t('upkeep.drafts.noneHint')} />
      }
    >
      {(drafts) => (
        <ul className={styles.findings}>
          {drafts.map((draft) => (
            <li key={`${draft.article_id} ${draft.locale}`}>
              <One draft={draft} />
            </li>
          ))}
        </ul>
      )}
    </QueryView>
  )
}

function One({ draft }: { draft: Draft }) {
  const { t } = useTranslation()
  const tickets = new Set(draft.sources.flatMap((source) => source.tickets)).size
  const [before, after] = t('upkeep.drafts.by', { name: draft.made_by, when: '\u0001' }).split(
    '\u0001',
  )
  return (
    <article className={styles.finding}>
      <div>
        <h3>{draft.title}</h3>
        <p className={styles.facts}>
          <b>{t('upkeep.drafts.sources', { count: draft.sources.length, tickets })}</b>
          <span>
            {before}
            <Time at={draft.at} />
            {after}
          </span>
        </p>
        <ol className={styles.quotes}>
          {draft.sources.map((source) => (
            <li key={source.paragraph}>
              <q>{source.text}</q>
              <span>
                <Link to="/inbox" search={{ ticket: source.ticket_id }}>
                  {t('upkeep.ticket', { number: source.ticket_number })}
                </Link>
                {source.tickets.length > 1 &&
                  t('upkeep.drafts.also', { count: source.tickets.length - 1 })}
              </span>
            </li>
          ))}
        </ol>
      </div>
      <div className={styles.actions}>
        <ButtonLink
          to="/knowledge/$id"
          params={{ id: draft.article_id }}
          search={{ language: draft.locale }}
          color="primary"
          variant="solid"
        >
          {t('upkeep.drafts.review')}
        </ButtonLink>
      </div>
    </article>
  )
}
