import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import {
  forgetRanking,
  learnRanking,
  type Ranking as RankingState,
  rankingQuery,
} from '@/shared/api/upkeep'
import { useLocale, useTranslation } from '@/shared/i18n'
import { Card, QueryView, useAction } from '@/shared/page'
import { useCan } from '@/shared/session'
import styles from './health.module.css'

/** What search learned from sent articles, and whether that helps. */
export function Ranking() {
  const { t } = useTranslation()
  const query = useQuery(rankingQuery)
  const { run, busy } = useAction()
  const mayChange = useCan('knowledge:publish')
  const keys = [rankingQuery.queryKey]
  const inUse = query.data?.versions.some(({ state }) => state === 'in_use')
  const isReady = query.data !== undefined && query.data.accepted >= query.data.least
  return (
    <Card title={t('upkeep.ranking.title')} hint={t('upkeep.ranking.hint')}>
      <QueryView query={query} lines={2}>
        {(ranking) => <Said ranking={ranking} />}
      </QueryView>
      {mayChange && isReady && (
        <p className={styles.actions}>
          <Button
            loading={busy === 'learn'}
            onClick={() =>
              void run(learnRanking, { done: t('upkeep.ranking.asked'), keys }, 'learn')
            }
          >
            {t('upkeep.ranking.learn')}
          </Button>
          {inUse && (
            <Button
              loading={busy === 'forget'}
              onClick={() =>
                void run(forgetRanking, { done: t('upkeep.ranking.forgot'), keys }, 'forget')
              }
            >
              {t('upkeep.ranking.forget')}
            </Button>
          )}
        </p>
      )}
    </Card>
  )
}

function Said({ ranking }: { ranking: RankingState }) {
  const { t } = useTranslation()
  const locale = useLocale()
  const percent = (value: number) =>
    new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 }).format(value)
  if (ranking.versions.length === 0) {
    const { accepted: have, least } = ranking
    return (
      <p>
        {have < least
          ? t('upkeep.ranking.few', { have, least })
          : t('upkeep.ranking.ready', { have })}
      </p>
    )
  }
  return (
    <ul className={styles.quotes}>
      {ranking.versions.slice(0, 5).map(({ number, state, accepted, report }) => {
        const words = {
          number,
          accepted,
          measured: report.measured,
          before: percent(report.before.value),
          after: percent(report.after.value),
        }
        const key = ({ in_use: 'used', refused: 'refused', retired: 'retired' } as const)[state]
        return <li key={number}>{t(`upkeep.ranking.${key}`, words)}</li>
      })}
    </ul>
  )
}
