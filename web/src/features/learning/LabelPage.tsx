import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Segmented } from 'antd'
import { PartyPopper } from 'lucide-react'
import { askedHeads, type Head, queueQuery } from '@/shared/api/learning'
import { useTranslation } from '@/shared/i18n'
import { Guard, Page, QueryView } from '@/shared/page'
import { Empty } from '@/shared/ui'
import { Asking } from './Asking'
import styles from './learning.module.css'

/** Messages whose label would teach most, one after the other, a key each. */
export default function LabelPage({ head = 'intent' }: { head?: Head }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const query = useQuery(queueQuery(head))
  return (
    <Guard permission="learning:label">
      <Page title={t('admin.sections.labels')} lead={t('learning.askLead')}>
        <div className={styles.top}>
          <Segmented<Head>
            className={styles.head}
            aria-label={t('learning.what')}
            value={head}
            onChange={(chosen) =>
              void navigate({ to: '/admin/labels', search: { head: chosen }, replace: true })
            }
            options={askedHeads.map((one) => ({ value: one, label: t(`learning.heads.${one}`) }))}
          />
        </div>
        <QueryView query={query}>
          {(queue) =>
            queue.items.length === 0 ? (
              <Empty
                icon={PartyPopper}
                title={queue.answered > 0 ? t('learning.allDone') : t('learning.nothingToAsk')}
                hint={t('learning.nothingToAskHint')}
              />
            ) : (
              <Asking key={head} head={head} queue={queue} />
            )
          }
        </QueryView>
      </Page>
    </Guard>
  )
}
