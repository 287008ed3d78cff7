import { Button } from 'antd'
import { Settings2 } from 'lucide-react'
import { useState } from 'react'
import { Held } from '@/features/lab'
import { type Skill, type SkillStanding, skillsKey } from '@/shared/api/skills'
import { localized, useLocale, useTranslation } from '@/shared/i18n'
import { Card, type Column, Small, Table } from '@/shared/page'
import { Tag } from '@/shared/ui'
import { Decisions } from './Decisions'
import { percent } from './figures'
import { Missing } from './Missing'
import { SettingsPanel } from './SettingsPanel'
import { Limit } from './SkillCard'
import styles from './skills.module.css'
import { Weeks } from './Weeks'

/** One skill: what it may, where it stands for each intent, and what it decided. */
export function SkillDetail({ skill }: { skill: Skill }) {
  const { t } = useTranslation()
  const [editing, setEditing] = useState(false)
  return (
    <>
      <Card
        title={
          <>
            {t('skills.evidence')}{' '}
            {skill.held && <Held held={skill.held} keys={[[...skillsKey]]} />}
          </>
        }
        actions={
          <Button icon={<Settings2 size={15} />} onClick={() => setEditing(true)}>
            {t('skills.settings')}
          </Button>
        }
      >
        <div className={styles.card}>
          <About skill={skill} />
          <Weeks weeks={skill.weeks} />
          <Limit skill={skill} />
        </div>
      </Card>
      <Card title={t('skills.level')} flush>
        <Standings skill={skill} />
      </Card>
      <Decisions skill={skill.id} />
      {editing && <SettingsPanel skill={skill} close={() => setEditing(false)} />}
    </>
  )
}

function About({ skill }: { skill: Skill }) {
  const { t } = useTranslation()
  const facts = skill.needs.map((one) =>
    t(`skills.facts.${one}` as 'skills.facts.ticket', { defaultValue: one }),
  )
  return (
    <dl className={styles.about}>
      <dt>{t('skills.sees')}</dt>
      <dd>{facts.join(' · ')}</dd>
      <dt>{t('skills.now')}</dt>
      <dd>
        {t('skills.cases', { passed: skill.cases.passed, cases: skill.cases.cases })}
        {skill.settles && <Small>{t('skills.settles')}</Small>}
      </dd>
    </dl>
  )
}

export function useIntentName() {
  const { t } = useTranslation()
  const locale = useLocale()
  return ({ intent, title }: Pick<SkillStanding, 'intent' | 'title'>, byIntent = true) =>
    intent === ''
      ? t(byIntent ? 'skills.noIntent' : 'skills.whole')
      : localized(title, locale, intent)
}

function Standings({ skill }: { skill: Skill }) {
  const { t } = useTranslation()
  const locale = useLocale()
  const name = useIntentName()
  const columns: Column<SkillStanding>[] = [
    { key: 'intent', title: t('skills.intent'), cell: (one) => name(one, skill.by_intent) },
    {
      key: 'level',
      title: t('skills.level'),
      cell: (one) => (
        <>
          <Tag tone={one.level === 'shadow' ? 'neutral' : 'ok'}>
            {t(`skills.levels.${one.level}`)}
          </Tag>
          {one.why && (
            <Small>
              {t(`skills.whys.${one.why}` as 'skills.whys.fell', { defaultValue: one.why })}
            </Small>
          )}
        </>
      ),
    },
    {
      key: 'results',
      title: t('skills.results'),
      cell: (one) =>
        one.judged === 0 ? (
          t('skills.noResults')
        ) : (
          <>
            {t('skills.judged', { right: one.right, judged: one.judged })}
            <Small>
              {t('skills.interval', {
                low: percent(one.low, locale),
                high: percent(one.high, locale),
              })}
            </Small>
          </>
        ),
    },
    { key: 'next', title: t('skills.next'), cell: (one) => <Missing standing={one} /> },
  ]
  return (
    <Table
      label={t('skills.level')}
      columns={columns}
      rows={skill.standings}
      keyOf={({ intent }) => intent}
      bare
    />
  )
}
