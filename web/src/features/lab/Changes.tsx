import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { changesQuery, type LabChange } from '@/shared/api/lab'
import { skillsOf, skillsQuery } from '@/shared/api/skills'
import { localized, useLocale, useTranslation } from '@/shared/i18n'
import { Card, type Column, rowLink, Table } from '@/shared/page'
import { useCan } from '@/shared/session'
import { Tag, Time, type Tone } from '@/shared/ui'
import { percent } from './figures'

const tones: Record<LabChange['state'], Tone> = {
  checking: 'info',
  blocked: 'danger',
  passed: 'ok',
  overridden: 'warn',
  withdrawn: 'neutral',
  failed: 'neutral',
}

/** Changes that wait for golden sets, and what became of the last ones. */
export function Changes() {
  const { t } = useTranslation()
  const { data: items = [] } = useQuery(changesQuery)
  const title = useChangeTitle()
  if (items.length === 0) return null
  const columns: Column<LabChange>[] = [
    {
      key: 'change',
      title: t('lab.change'),
      cell: (row) => (
        <Link to="/admin/lab/changes/$id" params={{ id: row.id }} className={rowLink}>
          {title(row)}
        </Link>
      ),
    },
    { key: 'state', title: t('lab.result'), cell: (row) => <ChangeState change={row} /> },
    { key: 'asked', title: t('lab.asked'), cell: (row) => row.asked_by },
    { key: 'when', title: t('lab.when'), end: true, cell: (row) => <Time at={row.created_at} /> },
  ]
  return (
    <Card title={t('lab.changes')} hint={t('lab.changesHint')} flush>
      <Table
        label={t('lab.changes')}
        columns={columns}
        rows={items}
        keyOf={(row) => row.id}
        opens
        bare
      />
    </Card>
  )
}

export function ChangeState({ change: { state } }: { change: LabChange }) {
  const { t } = useTranslation()
  return <Tag tone={tones[state]}>{t(`lab.changeStates.${state}`)}</Tag>
}

const headNames = ['intent', 'category', 'emotion', 'urgency'] as const

/** What a change would do, in a sentence. */
export function useChangeTitle() {
  const { t } = useTranslation()
  const locale = useLocale()
  const { data: skills } = useQuery({ ...skillsQuery, enabled: useCan('model:manage') })
  return ({ kind, subject, title, variant }: LabChange) => {
    const known = headNames.find((one) => one === subject)
    const skill = skillsOf(skills).find(({ id }) => id === subject)
    const head = known
      ? t(`lab.kinds.${known}`)
      : kind === 'server'
        ? t(`lab.places.${subject === 'local' ? 'local' : 'cloud'}`)
        : localized(skill?.name ?? {}, locale, subject)
    if (kind === 'threshold' && variant === 'off')
      return t('lab.changeKinds.thresholdOff', { head })
    const shown = kind === 'threshold' ? percent(Number(variant), locale) : variant
    return t(`lab.changeKinds.${kind}`, { head, title, variant: shown })
  }
}
