import type { AssignmentWaiting, Hindrance } from '@/shared/api/assignment'
import { languageName } from '@/shared/format/languages'
import { useLocale, useTranslation } from '@/shared/i18n'
import { Waiting as Since, Tag, Time } from '@/shared/ui'
import styles from './why.module.css'

const shown = 6

/** What the ticket needs, what will be let go, and what keeps each agent from it. */
export function Waiting({ waiting }: { waiting: AssignmentWaiting }) {
  const { t } = useTranslation()
  const locale = useLocale()
  const { agents } = waiting
  return (
    <div className={styles.body}>
      <p>
        {agents.some((one) => one.fits)
          ? t('why.soon')
          : t('why.nobodyFits', { count: waiting.members })}
      </p>
      <dl>
        <dt>{t('why.since')}</dt>
        <dd>
          <Since since={waiting.since} />
          {waiting.before > 0 && ` · ${t('why.before', { count: waiting.before })}`}
        </dd>
        {waiting.language && (
          <>
            <dt>{t('why.language')}</dt>
            <dd>
              {languageName(waiting.language, locale)} ·{' '}
              {t(waiting.language_required ? 'why.required' : 'why.preferred')}
            </dd>
          </>
        )}
        {waiting.skills.length > 0 && (
          <>
            <dt>{t('why.skills')}</dt>
            <dd>
              {waiting.skills.map((skill) => (
                <span key={skill.skill_id} className={styles.line} title={skill.rules.join('\n')}>
                  {skill.name} ≥ {skill.level_now || skill.level} ·{' '}
                  {t(skill.required ? 'why.required' : 'why.preferred')}
                  {skill.level_now === 0 && ` (${t('why.letGo')})`}
                  {skill.level_now > 0 &&
                    skill.level_now < skill.level &&
                    ` (${t('why.lowered', { level: skill.level })})`}
                </span>
              ))}
            </dd>
          </>
        )}
        {waiting.loosens_at && (
          <>
            <dt>{t('why.loosens')}</dt>
            <dd>
              <Time at={waiting.loosens_at} style="full" />
            </dd>
          </>
        )}
      </dl>
      {agents.length > 0 && (
        <>
          <h4>{t('why.agents')}</h4>
          <ol>
            {agents.slice(0, shown).map((one) => (
              <li key={one.agent_id}>
                <span>{one.name}</span>
                <small>
                  {one.fits ? (
                    <Tag tone="ok">{t('why.fits')}</Tag>
                  ) : (
                    one.hindrances.map((hindrance) => (
                      <Keeps
                        key={hindrance.code + (hindrance.skill_id ?? '')}
                        hindrance={hindrance}
                      />
                    ))
                  )}
                </small>
              </li>
            ))}
          </ol>
          {waiting.members > shown && (
            <p className={styles.soft}>{t('why.more', { count: waiting.members - shown })}</p>
          )}
        </>
      )}
    </div>
  )
}

function Keeps({ hindrance }: { hindrance: Hindrance }) {
  const { t } = useTranslation()
  const { code, skill, needs, has, until } = hindrance
  return (
    <span className={styles.line}>
      {code === 'skill'
        ? t('why.keeps.skill', { skill, needs, has: has ?? 0 })
        : t(`why.keeps.${code}`, { has: has ?? 0, needs: needs ?? 0 })}
      {until && (
        <>
          {' '}
          <Time at={until} style="full" />
        </>
      )}
    </span>
  )
}
