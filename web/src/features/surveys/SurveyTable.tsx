import { ArrowDown, ArrowUp } from 'lucide-react'
import { orderSurveys, type Survey, surveysQuery } from '@/shared/api/surveys'
import { showMinutes } from '@/shared/format/minutes'
import { useTranslation } from '@/shared/i18n'
import { Above, RowButton, Small, Table, useAction } from '@/shared/page'
import { IconButton, Tag } from '@/shared/ui'

export function SurveyTable({ items, open }: { items: Survey[]; open: (one: Survey) => void }) {
  const { t } = useTranslation()
  const { run, busy } = useAction()
  function move(survey: Survey, step: 1 | -1) {
    const ids = items.map(({ id }) => id)
    const at = ids.indexOf(survey.id)
    const other = ids[at + step]
    if (other === undefined) return
    ids[at + step] = survey.id
    ids[at] = other
    void run(() => orderSurveys(ids), { keys: [surveysQuery.queryKey] })
  }
  return (
    <Table
      label={t('admin.sections.surveys')}
      rows={items}
      keyOf={({ id }) => id}
      opens
      columns={[
        {
          key: 'name',
          title: t('kit.name'),
          cell: (survey) => (
            <>
              <RowButton onClick={() => open(survey)}>{survey.name}</RowButton>{' '}
              {!survey.active && <Tag tone="neutral">{t('surveys.inactive')}</Tag>}
              <Small>{t(`surveys.kinds.${survey.kind}`)}</Small>
            </>
          ),
        },
        {
          key: 'when',
          title: t('surveys.when'),
          width: 240,
          cell: (survey) =>
            survey.delay_minutes === 0
              ? t(`surveys.atOnce.${survey.trigger}`)
              : t(`surveys.later.${survey.trigger}`, { time: showMinutes(survey.delay_minutes) }),
        },
        {
          key: 'channels',
          title: t('surveys.channels'),
          width: 200,
          cell: (survey) =>
            survey.channels.map((way) => t(`surveys.ways.${way}`)).join(t('surveys.comma')),
        },
        {
          key: 'order',
          title: t('surveys.order'),
          quiet: true,
          width: 90,
          end: true,
          cell: (survey) => (
            <Above>
              <IconButton
                icon={ArrowUp}
                label={t('surveys.earlier', { name: survey.name })}
                disabled={survey === items[0] || busy !== null}
                onClick={() => move(survey, -1)}
              />
              <IconButton
                icon={ArrowDown}
                label={t('surveys.afterwards', { name: survey.name })}
                disabled={survey === items.at(-1) || busy !== null}
                onClick={() => move(survey, 1)}
              />
            </Above>
          ),
        },
      ]}
    />
  )
}
