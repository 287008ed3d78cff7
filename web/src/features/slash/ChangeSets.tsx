import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import type { Id } from '@/shared/api'
import { type ChangeSet, catalogueQuery, changeSetsQuery } from '@/shared/api/macros'
import { useLocale, useTranslation } from '@/shared/i18n'
import { Time } from '@/shared/ui'
import styles from './slash.module.css'
import { useApplied } from './useApplied'

const shown = 5

/** What macros, bulk work and escalations did to the ticket, each to be taken back as one. */
export function ChangeSets({ ticket }: { ticket: Id }) {
  const { t } = useTranslation()
  const { data = [] } = useQuery(changeSetsQuery(ticket))
  const open = data.filter((set) => !set.undone_at && set.steps.some((s) => s.undo !== 'no'))
  if (open.length === 0) return null
  return (
    <ul className={styles.sets} aria-label={t('macros.changeSets')}>
      {open.slice(0, shown).map((set) => (
        <One key={set.id} set={set} />
      ))}
    </ul>
  )
}

function One({ set }: { set: ChangeSet }) {
  const { t } = useTranslation()
  const locale = useLocale()
  const client = useQueryClient()
  const { undo } = useApplied(set.ticket_id)
  const { data: known } = useQuery(catalogueQuery)
  const names = set.steps.map(
    ({ action }) =>
      known?.actions.find((one) => one.id === action)?.name[locale.slice(0, 2)] ?? action,
  )
  const by = set.cause.name
  return (
    <li>
      <strong>{typeof by === 'string' && by ? by : set.actor.name}</strong>
      <Time at={set.at} />
      <Button
        size="small"
        className={styles.undo}
        onClick={() =>
          void undo(set.id).then(() =>
            client.invalidateQueries({ queryKey: ['history', set.ticket_id] }),
          )
        }
      >
        {t('macros.undo')}
      </Button>
      <small className={styles.what}>{names.join(' · ')}</small>
    </li>
  )
}
