import { useQuery } from '@tanstack/react-query'
import { Tags } from 'lucide-react'
import { type Head, type LabelSet, labelSetQuery } from '@/shared/api/learning'
import { useTranslation } from '@/shared/i18n'
import { type Column, QueryView, Table } from '@/shared/page'
import { ButtonLink, Empty, Tag, type Tone } from '@/shared/ui'
import styles from './learning.module.css'
import { useLabelName } from './useLabelName'

type Line = LabelSet['items'][number]
const tones: Record<Line['word'], Tone> = { few: 'danger', some: 'warn', enough: 'ok' }
const sources = ['correction', 'answer', 'field', 'type', 'confirmed', 'survey'] as const

/** What can be learned from: how many examples each label has, and where they come from. */
export function LabelsTab({ head }: { head: Head }) {
  const query = useQuery(labelSetQuery(head))
  return <QueryView query={query}>{(found) => <Labels head={head} found={found} />}</QueryView>
}

function Labels({ head, found }: { head: Head; found: LabelSet }) {
  const { t } = useTranslation()
  const name = useLabelName(head)
  const isAsked = head !== 'satisfaction'
  const give = isAsked && (
    <ButtonLink to="/admin/labels" search={{ head }}>
      {t('learning.giveLabels')}
    </ButtonLink>
  )
  if (found.total === 0)
    return (
      <Empty
        icon={Tags}
        title={t('learning.noLabels')}
        hint={isAsked ? t('learning.whereLabels') : t('learning.whereRatings')}
      >
        {give}
      </Empty>
    )
  const few = found.items.filter(({ word }) => word === 'few').length
  const columns: Column<Line>[] = [
    { key: 'label', title: t('learning.label'), cell: (line) => name(line.label) },
    { key: 'examples', title: t('learning.examples'), end: true, cell: (line) => line.examples },
    {
      key: 'word',
      title: t('learning.enough'),
      cell: (line) => <Tag tone={tones[line.word]}>{t(`learning.amounts.${line.word}`)}</Tag>,
    },
  ]
  return (
    <>
      <div className={styles.top}>
        <p className={styles.verdict}>
          {t('learning.labelsInAll', { count: found.total, classes: found.items.length })}{' '}
          {few > 0 && t('learning.labelsFew', { count: few })}{' '}
          {sources
            .filter((one) => found.sources[one])
            .map((one) => t(`learning.sources.${one}`, { count: found.sources[one] }))
            .join(t('learning.comma'))}
        </p>
        {give}
      </div>
      <Table
        label={t('learning.tabs.labels')}
        columns={columns}
        rows={found.items}
        keyOf={(line) => line.label}
      />
    </>
  )
}
