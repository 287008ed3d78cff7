import { Select } from 'antd'
import { useTranslation } from '@/shared/i18n'
import { useNames } from './useNames'

interface Props {
  name: string
  free: readonly string[]
  add: (item: string) => void
}
const kinds = ['property', 'part', 'field'] as const
const kindOf = (item: string) =>
  item.startsWith('field.') ? 'field' : item.startsWith('part.') ? 'part' : 'property'

/** What stands nowhere yet, to be put into this group. */
export function AddItem({ name, free, add }: Props) {
  const { t } = useTranslation()
  const names = useNames()
  if (free.length === 0) return null
  const label = t('layouts.addItem', { name })
  return (
    <Select
      size="small"
      aria-label={label}
      placeholder={label}
      value={null}
      showSearch={{ optionFilterProp: 'label' }}
      options={kinds
        .map((kind) => ({
          label: t(`layouts.kinds.${kind}`),
          title: kind,
          options: free
            .filter((item) => kindOf(item) === kind)
            .map((item) => ({ value: item, label: names.item(item) })),
        }))
        .filter(({ options }) => options.length > 0)}
      onChange={(item: string | null) => item && add(item)}
    />
  )
}
