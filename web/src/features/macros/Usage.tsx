import { useQuery } from '@tanstack/react-query'
import { agentsQuery, nameOf } from '@/shared/api'
import { type Macro, macroUsageQuery } from '@/shared/api/macros'
import { useTranslation } from '@/shared/i18n'
import { Time } from '@/shared/ui'
import styles from './macros.module.css'

/** Who used it, how often, and how much of it went out as it was. */
export function Usage({ macro }: { macro: Macro }) {
  const { t } = useTranslation()
  const { data = { items: [] } } = useQuery(macroUsageQuery(macro.id))
  const { data: agents } = useQuery(agentsQuery)
  return (
    <fieldset className={styles.group}>
      <legend>{t('macroEdit.usage')}</legend>
      {data.items.length === 0 && <p className={styles.hint}>{t('macroEdit.neverUsed')}</p>}
      <ul className={styles.usage}>
        {data.items.map((one) => (
          <li key={one.agent_id ?? ''}>
            <span>{nameOf(agents, one.agent_id) ?? t('common.system')}</span>
            <span>{t('macroEdit.usedTimes', { count: one.used })}</span>
            <Time at={one.last_used_at} />
          </li>
        ))}
      </ul>
    </fieldset>
  )
}
