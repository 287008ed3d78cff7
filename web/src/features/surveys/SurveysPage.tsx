import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Button, Tabs } from 'antd'
import { Plus, Smile } from 'lucide-react'
import { useState } from 'react'
import { type ResponseFilter, type Survey, surveysQuery } from '@/shared/api/surveys'
import { useTranslation } from '@/shared/i18n'
import { Guard, Page, QueryView } from '@/shared/page'
import { Empty } from '@/shared/ui'
import type { SurveysTab } from '.'
import { Responses } from './Responses'
import { SurveyPanel } from './SurveyPanel'
import { SurveyTable } from './SurveyTable'

interface Props {
  tab: SurveysTab
  filter: ResponseFilter
}

export default function SurveysPage({ tab, filter }: Props) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const query = useQuery(surveysQuery)
  const [edited, setEdited] = useState<Survey | 'new' | null>(null)
  const add = (
    <Button type="primary" icon={<Plus size={15} />} onClick={() => setEdited('new')}>
      {t('surveys.add')}
    </Button>
  )
  const surveys = (
    <QueryView
      query={query}
      empty={
        <Empty icon={Smile} title={t('surveys.empty')} hint={t('surveys.emptyHint')}>
          {add}
        </Empty>
      }
    >
      {(items) => <SurveyTable items={items} open={setEdited} />}
    </QueryView>
  )
  return (
    <Guard permission="survey:manage">
      <Page title={t('admin.sections.surveys')} lead={t('surveys.lead')} actions={add} width="wide">
        <Tabs
          activeKey={tab}
          onChange={(key) =>
            void navigate({ to: '/admin/surveys', search: { tab: key as SurveysTab } })
          }
          items={[
            { key: 'surveys', label: t('surveys.tabs.surveys'), children: surveys },
            {
              key: 'responses',
              label: t('surveys.tabs.responses'),
              children: <Responses filter={filter} />,
            },
          ]}
          destroyOnHidden
        />
        {edited && (
          <SurveyPanel survey={edited === 'new' ? null : edited} close={() => setEdited(null)} />
        )}
      </Page>
    </Guard>
  )
}
