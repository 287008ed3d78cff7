import { useQuery } from '@tanstack/react-query'
import { agentsQuery, type Id } from '@/shared/api'
import { useTranslation } from '@/shared/i18n'
import { Avatar } from '@/shared/ui'
import styles from './parts.module.css'

/** A few faces and how many they are; all names on hover and for screen readers. */
export function People({ ids }: { ids: Id[] }) {
  const { t } = useTranslation()
  const { data = [] } = useQuery(agentsQuery)
  const people = data.filter((agent) => ids.includes(agent.id))
  const names = people.map((agent) => agent.name).join('、')
  return (
    <span className={styles.people} title={names}>
      {people.slice(0, 4).map((agent) => (
        <Avatar key={agent.id} name={agent.name} size={24} />
      ))}
      <small>
        {t('admin.teams.count', { count: ids.length })}
        <span className="sr-only">: {names}</span>
      </small>
    </span>
  )
}
