import { useQuery } from '@tanstack/react-query'
import type { Ticket } from '@/shared/api'
import { panelQuery } from '@/shared/api/panel'
import { useTranslation } from '@/shared/i18n'
import { useCan } from '@/shared/session'
import { ErrorState } from '@/shared/ui'
import styles from './panel.module.css'
import { Source } from './Source'

/** All sources beside a ticket, each in its own state. Without any there is nothing to see. */
export function PanelSide({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation()
  const mayRead = useCan('contact:read')
  const { data, error, refetch } = useQuery({ ...panelQuery(ticket.id), enabled: mayRead })
  if (error) {
    return (
      <section className={styles.source} aria-label={t('panel.title')}>
        <ErrorState error={error} retry={refetch} />
      </section>
    )
  }
  return data?.map((item) => <Source key={item.source_id} ticket={ticket.id} item={item} />)
}
