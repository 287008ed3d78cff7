import { Select } from 'antd'

/** Each zone with the hour it has against UTC now, so that 上海 and Singapore can be told apart. */
function zones() {
  const now = new Date()
  return Intl.supportedValuesOf('timeZone').map((zone) => {
    const offset = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'shortOffset' })
      .formatToParts(now)
      .find(({ type }) => type === 'timeZoneName')?.value
    return { value: zone, label: `${zone.replaceAll('_', ' ')} (${offset ?? zone})` }
  })
}
let known: ReturnType<typeof zones> | undefined

interface Props {
  id?: string
  value?: string
  onChange?: (zone: string) => void
  allowClear?: boolean
  placeholder?: string
}

export function TimeZonePicker(props: Props) {
  known ??= [{ value: 'UTC', label: 'UTC' }, ...zones().filter(({ value }) => value !== 'UTC')]
  return <Select showSearch={{ optionFilterProp: 'label' }} options={known} {...props} />
}
