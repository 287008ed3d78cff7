import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Form } from 'antd'
import { meQuery } from '@/shared/api'
import {
  calendarsQuery,
  type NewSlaCalendar,
  previewCalendar,
  recomputationQuery,
  removeCalendar,
  type SlaCalendar,
  saveCalendar,
} from '@/shared/api/sla'
import { fullTime } from '@/shared/format'
import { useLocale, useTranslation } from '@/shared/i18n'
import { FormPanel, RequiredText } from '@/shared/page'
import { TimeZonePicker } from '../parts/TimeZonePicker'
import { HolidaySets } from './HolidaySets'
import { HolidayImport, HolidaysEditor } from './HolidaysEditor'
import { showMinutes } from './minutes'
import styles from './sla.module.css'
import { WeekEditor } from './WeekEditor'
import { officeWeek } from './week'

const tried = [60, 240, 480, 1440]

export function CalendarPanel({
  calendar,
  close,
}: {
  calendar: SlaCalendar | null
  close: () => void
}) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [form] = Form.useForm<NewSlaCalendar>()
  const zone = client.getQueryData(meQuery.queryKey)?.workspace.time_zone ?? 'Asia/Shanghai'
  const keys = [calendarsQuery.queryKey, recomputationQuery.queryKey]
  return (
    <FormPanel
      title={calendar?.name ?? t('sla.calendars.add')}
      form={form}
      width={640}
      initial={calendar ?? { name: '', time_zone: zone, hours: officeWeek(), holidays: [] }}
      submit={(values) => saveCalendar(calendar?.id ?? null, values)}
      keys={keys}
      close={close}
      removal={
        calendar && {
          title: t('sla.calendars.removeTitle', { name: calendar.name }),
          hint: t('sla.calendars.removeHint'),
          run: () => removeCalendar(calendar.id),
        }
      }
    >
      <RequiredText name="name" label={t('kit.name')} autoFocus={!calendar} maxLength={100} />
      <Form.Item name="time_zone" label={t('sla.calendars.zone')}>
        <TimeZonePicker />
      </Form.Item>
      <Form.Item name="hours" label={t('sla.calendars.week')} extra={t('sla.calendars.weekHint')}>
        <WeekEditor />
      </Form.Item>
      <Form.Item name="holidays" label={t('sla.calendars.holidays')}>
        <HolidaysEditor />
      </Form.Item>
      <HolidaySets />
      {calendar && (
        <HolidayImport
          id={calendar.id}
          done={(holidays) => {
            form.setFieldValue('holidays', holidays)
            void client.invalidateQueries({ queryKey: calendarsQuery.queryKey })
          }}
        />
      )}
      <Form.Item noStyle shouldUpdate>
        {() => <Preview values={form.getFieldsValue(true) as NewSlaCalendar} />}
      </Form.Item>
    </FormPanel>
  )
}

/** If a ticket arrives now, when is it due? Asked of the server, which counts in earnest. */
function Preview({ values }: { values: NewSlaCalendar }) {
  const { t } = useTranslation()
  const locale = useLocale()
  const holidays = (values.holidays ?? []).filter(({ date }) => date)
  const body = { time_zone: values.time_zone, hours: values.hours, holidays, minutes: tried }
  const { data, isError } = useQuery({
    queryKey: ['admin', 'sla', 'preview', JSON.stringify(body)],
    queryFn: ({ signal }) => previewCalendar(body, signal),
    enabled: Boolean(values.time_zone && values.hours),
    placeholderData: (before) => before,
    retry: false,
  })
  return (
    <section className={styles.preview} aria-live="polite">
      <h3>{t('sla.calendars.preview')}</h3>
      {isError && <p>{t('sla.calendars.previewWrong')}</p>}
      {data && !isError && (
        <>
          <p>{data.open ? t('sla.calendars.openNow') : t('sla.calendars.closedNow')}</p>
          <dl>
            {tried.map((minutes, index) => (
              <div key={minutes}>
                <dt>{showMinutes(minutes)}</dt>
                <dd>
                  {data.due[index]
                    ? fullTime(data.due[index], locale, values.time_zone)
                    : t('sla.calendars.never')}
                </dd>
              </div>
            ))}
          </dl>
        </>
      )}
    </section>
  )
}
