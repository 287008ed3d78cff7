import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { CalendarClock, Plus } from 'lucide-react'
import { useState } from 'react'
import { calendarsQuery, type SlaCalendar } from '@/shared/api/sla'
import { useTranslation } from '@/shared/i18n'
import { Guard, Page, QueryView, RowButton, Small, Table } from '@/shared/page'
import { Empty } from '@/shared/ui'
import { CalendarPanel } from './CalendarPanel'
import { minutesOf } from './week'

export function CalendarsPage() {
  const { t } = useTranslation()
  const query = useQuery(calendarsQuery)
  const [edited, setEdited] = useState<SlaCalendar | 'new' | null>(null)
  const add = (
    <Button type="primary" icon={<Plus size={15} />} onClick={() => setEdited('new')}>
      {t('sla.calendars.add')}
    </Button>
  )
  return (
    <Guard permission="sla:manage">
      <Page title={t('admin.sections.calendars')} lead={t('sla.calendars.lead')} actions={add}>
        <QueryView
          query={query}
          empty={
            <Empty
              icon={CalendarClock}
              title={t('sla.calendars.empty')}
              hint={t('sla.calendars.emptyHint')}
            >
              {add}
            </Empty>
          }
        >
          {(items) => (
            <Table
              label={t('admin.sections.calendars')}
              rows={items}
              keyOf={(calendar) => calendar.id}
              opens
              columns={[
                {
                  key: 'name',
                  title: t('kit.name'),
                  cell: (calendar) => (
                    <>
                      <RowButton onClick={() => setEdited(calendar)}>{calendar.name}</RowButton>
                      <Small>{calendar.time_zone}</Small>
                    </>
                  ),
                },
                {
                  key: 'hours',
                  title: t('sla.calendars.perWeek'),
                  width: 160,
                  cell: (calendar) =>
                    t('sla.calendars.hours', {
                      count: Math.round(minutesOf(calendar.hours) / 6) / 10,
                    }),
                },
                {
                  key: 'holidays',
                  title: t('sla.calendars.holidays'),
                  width: 160,
                  cell: (calendar) => t('sla.calendars.days', { count: calendar.holidays.length }),
                },
              ]}
            />
          )}
        </QueryView>
        {edited && (
          <CalendarPanel
            calendar={edited === 'new' ? null : edited}
            close={() => setEdited(null)}
          />
        )}
      </Page>
    </Guard>
  )
}
