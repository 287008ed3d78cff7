import { useQuery } from '@tanstack/react-query'
import { agentsQuery, nameOf } from '@/shared/api'
import type { AssignmentGiven } from '@/shared/api/assignment'
import { span } from '@/shared/format'
import { languageName } from '@/shared/format/languages'
import { useLocale, useTranslation } from '@/shared/i18n'
import { Time } from '@/shared/ui'
import styles from './why.module.css'

/** Who decided, and among whom. */
export function Given({ given }: { given: AssignmentGiven }) {
  const { t } = useTranslation()
  const locale = useLocale()
  const { data: agents = [] } = useQuery(agentsQuery)
  const by =
    given.by === 'distribution'
      ? t(`why.by.${given.why ?? 'turn'}`)
      : given.by === 'rule'
        ? t('why.by.rule')
        : t('why.by.person', { name: given.actor_name })
  return (
    <div className={styles.body}>
      <p>{by}</p>
      <dl>
        <dt>{t('why.at')}</dt>
        <dd>
          <Time at={given.at} style="full" />
        </dd>
        {given.waited_seconds !== null && (
          <>
            <dt>{t('why.waited')}</dt>
            <dd>{span(given.waited_seconds, locale)}</dd>
          </>
        )}
        {given.language && (
          <>
            <dt>{t('why.language')}</dt>
            <dd>{languageName(given.language, locale)}</dd>
          </>
        )}
        {given.skills.length > 0 && (
          <>
            <dt>{t('why.skills')}</dt>
            <dd>
              {given.skills.map((skill) => (
                <span key={skill.skill_id} className={styles.line}>
                  {t('why.skillHas', { name: skill.name, level: skill.level, has: skill.has })}
                </span>
              ))}
            </dd>
          </>
        )}
      </dl>
      {given.loosened.map((what) => (
        <p key={what} className={styles.soft}>
          {t(`why.loosened.${what === 'level' ? 'level' : 'preferred'}`)}
        </p>
      ))}
      {given.candidates.length > 1 && (
        <>
          <h4>{t('why.among', { count: given.fitting ?? given.candidates.length })}</h4>
          <ol>
            {given.candidates.map((one) => (
              <li key={one.agent_id}>
                <span>{nameOf(agents, one.agent_id) ?? one.agent_id}</span>
                <small>
                  {one.load}/{one.capacity} ·{' '}
                  {one.last_given_at ? (
                    <>
                      {t('why.last')} <Time at={one.last_given_at} />
                    </>
                  ) : (
                    t('why.neverGiven')
                  )}
                </small>
              </li>
            ))}
          </ol>
        </>
      )}
    </div>
  )
}
