import { Link } from '@tanstack/react-router'
import { Segmented } from 'antd'
import {
  type Ceiling,
  ceilings,
  levels,
  putSkill,
  type Skill,
  skillsKey,
} from '@/shared/api/skills'
import { localized, useLocale, useTranslation } from '@/shared/i18n'
import { Card, useAction } from '@/shared/page'
import { Tag } from '@/shared/ui'
import { highestOf, percent, total } from './figures'
import { Missing } from './Missing'
import styles from './skills.module.css'
import { Weeks } from './Weeks'

export const asSent = (skill: Skill) => ({
  ceiling: skill.ceiling,
  intents: skill.intents,
  confidence: skill.confidence,
  asks_model: skill.asks_model,
  prompts: skill.prompts,
})

/** A share of fewer results than that is no share. */
const tellsLittle = 5

/** Where a skill stands, on what evidence, and how far it may go. */
export function SkillCard({ skill }: { skill: Skill }) {
  const { t } = useTranslation()
  const locale = useLocale()
  return (
    <Card
      title={localized(skill.name, locale, skill.id)}
      hint={localized(skill.description, locale, '')}
      actions={
        <Link to="/admin/skills" search={{ skill: skill.id }}>
          {t('skills.details')}
        </Link>
      }
    >
      <div className={styles.card}>
        <Level skill={skill} />
        <Weeks weeks={skill.weeks} />
        <Limit skill={skill} />
      </div>
    </Card>
  )
}

function Level({ skill }: { skill: Skill }) {
  const { t } = useTranslation()
  const locale = useLocale()
  const level = highestOf(skill)
  const { right, judged } = total(skill.standings)
  const [only] = skill.standings
  return (
    <div className={styles.level}>
      <p className={styles.now}>
        <Tag tone={level === 'shadow' ? 'neutral' : 'ok'}>{t(`skills.levels.${level}`)}</Tag>
        <span>{t(`skills.levelHints.${level}`)}</span>
      </p>
      <p>
        {judged === 0 ? (
          t('skills.noResults')
        ) : (
          <>
            {judged >= tellsLittle && (
              <b className={styles.figure}>{percent(right / judged, locale)} </b>
            )}
            {t('skills.judged', { right, judged })}
          </>
        )}
      </p>
      {skill.standings.length === 1 && only && <Missing standing={only} />}
    </div>
  )
}

/** Changed at once: a lower ceiling takes levels away immediately. */
export function Limit({ skill }: { skill: Skill }) {
  const { t } = useTranslation()
  const { run, busy } = useAction()
  const highest = levels.indexOf(skill.highest)
  const options = ceilings
    .filter((one) => one === 'off' || levels.indexOf(one) <= highest)
    .map((one) => ({
      value: one,
      label: one === 'off' ? t('skills.ceilings.off') : t(`skills.levels.${one}`),
    }))
  return (
    <div className={styles.limit}>
      <span id={`limit-${skill.id}`}>{t('skills.ceiling')}</span>
      <Segmented<Ceiling>
        aria-labelledby={`limit-${skill.id}`}
        disabled={busy !== null}
        value={skill.ceiling}
        options={options}
        onChange={(ceiling) =>
          void run(() => putSkill(skill.id, { ...asSent(skill), ceiling }), {
            keys: [[...skillsKey]],
            done: t('skills.saved'),
          })
        }
      />
    </div>
  )
}
