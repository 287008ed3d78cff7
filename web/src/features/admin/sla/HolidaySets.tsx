import { useQuery } from '@tanstack/react-query'
import { Button, Form, Select } from 'antd'
import { useState } from 'react'
import { holidaySetsQuery, type NewSlaCalendar } from '@/shared/api/sla'
import { localized, useLocale, useTranslation } from '@/shared/i18n'
import { withSet } from './holidays'
import styles from './sla.module.css'

/** Public holidays as they were announced, put into the form with one press. */
export function HolidaySets() {
  const { t } = useTranslation()
  const locale = useLocale()
  const form = Form.useFormInstance<NewSlaCalendar>()
  const { data: sets = [] } = useQuery(holidaySetsQuery)
  const [chosen, setChosen] = useState<string>()
  const [said, setSaid] = useState('')
  const set = sets.find(({ id }) => id === chosen)
  function add() {
    if (!set) return
    const { holidays = [], hours } = form.getFieldsValue(true) as NewSlaCalendar
    form.setFieldValue('holidays', withSet(holidays, set, hours, locale.slice(0, 2)))
    setSaid(t('sla.calendars.setAdded', { count: set.days.length }))
  }
  return (
    <div className={styles.sets}>
      <Select
        aria-label={t('sla.calendars.sets')}
        placeholder={t('sla.calendars.sets')}
        value={chosen}
        onChange={(id: string) => {
          setChosen(id)
          setSaid('')
        }}
        options={sets.map(({ id, name }) => ({ value: id, label: localized(name, locale, id) }))}
      />
      <Button disabled={!set} onClick={add}>
        {t('sla.calendars.addSet')}
      </Button>
      <p className={styles.kindHint} aria-live="polite">
        {said || (set ? t('sla.calendars.setSource', { source: set.source }) : '')}
      </p>
    </div>
  )
}
