import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { tagsQuery } from '../api'
import { matchesName } from '../format'
import styles from './pickers.module.css'

interface Props {
  value: string[]
  onChange: (tags: string[]) => void
  label: string
  placeholder: string
  disabled?: boolean
  autoFocus?: boolean
  open?: boolean
  onOpenChange?: (open: boolean) => void
  variant?: 'borderless' | 'outlined'
}

export function TagPicker({
  value,
  onChange,
  label,
  placeholder,
  disabled,
  variant = 'borderless',
  ...rest
}: Props) {
  const { data = [] } = useQuery(tagsQuery)
  return (
    <Select
      className={styles.picker}
      mode="tags"
      aria-label={label}
      value={value}
      onChange={(tags: string[]) => onChange(tags.map((tag) => tag.trim()).filter(Boolean))}
      placeholder={placeholder}
      disabled={disabled}
      variant={variant}
      {...rest}
      tokenSeparators={[',', '，', ';']}
      maxLength={60}
      options={data.map((tag) => ({ value: tag, label: tag }))}
      showSearch={{
        filterOption: (typed, option) => matchesName(String(option?.value ?? ''), typed),
      }}
    />
  )
}
