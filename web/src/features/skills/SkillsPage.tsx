import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { Bot, Settings2 } from 'lucide-react'
import { useState } from 'react'
import { type SkillList, skillsQuery } from '@/shared/api/skills'
import { localized, useLocale, useTranslation } from '@/shared/i18n'
import { Guard, Page, QueryView } from '@/shared/page'
import { Empty } from '@/shared/ui'
import { LadderPanel } from './LadderPanel'
import { SkillCard } from './SkillCard'
import { SkillDetail } from './SkillDetail'
import { Tasks } from './Tasks'

/** Every skill with its level and the evidence for it; or one of them with its decisions. */
export default function SkillsPage({ skill }: { skill?: string }) {
  const query = useQuery(skillsQuery)
  return (
    <Guard permission="model:manage">
      <Frame list={query.data} skill={skill}>
        <QueryView query={query} lines={10}>
          {(list) => <Content list={list} skill={skill} />}
        </QueryView>
      </Frame>
    </Guard>
  )
}

interface FrameProps {
  list: SkillList | undefined
  skill: string | undefined
  children: React.ReactNode
}

function Frame({ list, skill, children }: FrameProps) {
  const { t } = useTranslation()
  const locale = useLocale()
  const [editing, setEditing] = useState(false)
  const one = list?.items.find(({ id }) => id === skill)
  const back = one && {
    back: (look: { className: string | undefined; children: React.ReactNode }) => (
      <Link to="/admin/skills" {...look} />
    ),
    backText: t('skills.back'),
  }
  return (
    <Page
      title={one ? localized(one.name, locale, one.id) : t('admin.sections.skills')}
      lead={one ? localized(one.description, locale, '') : t('skills.lead')}
      width="wide"
      actions={
        !one && (
          <Button icon={<Settings2 size={15} />} onClick={() => setEditing(true)}>
            {t('skills.ladder')}
          </Button>
        )
      }
      {...back}
    >
      {children}
      {editing && list && <LadderPanel ladder={list.ladder} close={() => setEditing(false)} />}
    </Page>
  )
}

function Content({ list, skill }: { list: SkillList; skill: string | undefined }) {
  const { t } = useTranslation()
  const one = list.items.find(({ id }) => id === skill)
  if (one) return <SkillDetail key={one.id} skill={one} />
  if (list.items.length === 0)
    return <Empty icon={Bot} title={t('skills.empty')} hint={t('skills.emptyHint')} />
  return (
    <>
      {list.items.map((found) => (
        <SkillCard key={found.id} skill={found} />
      ))}
      {list.tasks.length > 0 && <Tasks tasks={list.tasks} />}
    </>
  )
}
