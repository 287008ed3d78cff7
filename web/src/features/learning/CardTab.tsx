import { useQuery } from '@tanstack/react-query'
import { ClipboardCheck } from 'lucide-react'
import { cardQuery, type Head, type ModelReport, type ReportCard } from '@/shared/api/learning'
import { useTranslation } from '@/shared/i18n'
import { Card, QueryView } from '@/shared/page'
import { ButtonLink, Empty } from '@/shared/ui'
import { Adopted } from './Adopted'
import { Confusions } from './Confusions'
import { CalibrationChart, CoverageChart } from './Curves'
import { Drifted } from './Drifted'
import { InferredCard } from './InferredCard'
import { LabelTable } from './LabelTable'
import styles from './learning.module.css'
import { Summary } from './Summary'
import { Trend } from './Trend'
import { WeakLabels } from './WeakLabels'

/** How good what is in use is, where it is weak, whether times have changed. */
export function CardTab({ head }: { head: Head }) {
  const query = useQuery(cardQuery(head))
  return (
    <QueryView query={query} lines={12}>
      {(card) => <Found key={head} head={head} card={card} />}
    </QueryView>
  )
}

function Found({ head, card }: { head: Head; card: ReportCard }) {
  const { version } = card
  const measured = version?.report
  return (
    <div className={styles.card}>
      {version && measured ? (
        <Report head={head} card={card} version={version} report={measured} />
      ) : (
        <Untrained head={head} card={card} />
      )}
      {head === 'satisfaction' && <InferredCard />}
      <div className={styles.pair}>
        <Adopted adoption={card.adoption} />
        <Drifted head={head} drift={card.drift} />
      </div>
    </div>
  )
}

interface ReportProps {
  head: Head
  card: ReportCard
  version: NonNullable<ReportCard['version']>
  report: ModelReport
}

function Report({ head, card, version, report }: ReportProps) {
  const { t } = useTranslation()
  return (
    <>
      <Summary version={version} report={report} adoption={card.adoption} />
      <div className={styles.pair}>
        <Card title={t('learning.calibration')} hint={t('learning.calibrationHint')}>
          <CalibrationChart report={report} />
        </Card>
        <Card title={t('learning.coverage')} hint={t('learning.coverageHint')}>
          <CoverageChart report={report} />
        </Card>
      </div>
      <div className={styles.pair}>
        <Confusions head={head} report={report} />
        <WeakLabels head={head} weak={card.weak} />
      </div>
      {card.trend.length > 1 && <Trend versions={card.trend} />}
      <LabelTable head={head} report={report} />
    </>
  )
}

/** Nothing was trained yet: how many labels are there, how many it takes, where to give them. */
function Untrained({ head, card }: { head: Head; card: ReportCard }) {
  const { t } = useTranslation()
  const { labels, least, ready, training } = card.state
  const isAsked = head !== 'satisfaction'
  return (
    <Empty
      icon={ClipboardCheck}
      title={ready && !training ? t('learning.readyToTrain') : t('learning.notYet')}
      hint={
        <>
          {t('learning.have', { count: labels, least })}{' '}
          {isAsked ? t('learning.whereLabels') : t('learning.whereRatings')}
        </>
      }
    >
      {isAsked ? (
        <ButtonLink to="/admin/labels" search={{ head }} type={ready ? 'default' : 'primary'}>
          {t('learning.giveLabels')}
        </ButtonLink>
      ) : (
        <ButtonLink to="/admin/surveys">{t('admin.sections.surveys')}</ButtonLink>
      )}
    </Empty>
  )
}
