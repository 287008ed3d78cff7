import { Select } from 'antd'
import { ChevronUp, X } from 'lucide-react'
import type { Address } from '@/shared/api'
import { useTranslation } from '@/shared/i18n'
import { IconButton } from '@/shared/ui'
import type { RecipientsProps } from './RecipientsBar'
import styles from './Reply.module.css'
import { addressList, isAddress } from './recipients'

/** To and Cc as fields. */
export default function RecipientsFields({
  list,
  known,
  problem,
  setOpen,
  change,
}: Omit<RecipientsProps, 'open'>) {
  const { t } = useTranslation()
  return (
    <div className={styles.recipientsFields}>
      <IconButton
        className={styles.recipientsClose}
        icon={ChevronUp}
        size="small"
        label={t('reply.hideRecipients')}
        onClick={() => setOpen(false)}
      />
      <Field
        label={t('message.to')}
        value={list.to}
        known={known}
        bad={problem !== null && problem !== 'many'}
        change={(to) => change({ ...list, to })}
        close={() => setOpen(false)}
      />
      <Field
        label={t('message.cc')}
        value={list.cc}
        known={known}
        bad={problem === 'wrong'}
        autoFocus
        change={(cc) => change({ ...list, cc })}
        close={() => setOpen(false)}
      />
    </div>
  )
}

interface FieldProps {
  label: string
  value: string[]
  known: Address[]
  bad: boolean
  autoFocus?: boolean
  change: (value: string[]) => void
  close: () => void
}

function Field({ label, value, known, bad, autoFocus, change, close }: FieldProps) {
  const { t } = useTranslation()
  const taken = new Set(value.map((text) => text.toLowerCase()))
  const offered = known.filter(({ address }) => !taken.has(address.toLowerCase()))
  return (
    <div className={styles.recipientsField}>
      <span aria-hidden="true">{label}</span>
      <Select
        mode="tags"
        size="small"
        variant="borderless"
        aria-label={label}
        autoFocus={autoFocus}
        status={bad && value.some((text) => !isAddress(text)) ? 'error' : undefined}
        value={value}
        onChange={(next: string[]) => change(addressList(next))}
        // What is typed when the field is left counts, as it does in every mail program.
        onBlur={(event) => {
          const typed = event.target instanceof HTMLInputElement ? event.target.value : ''
          if (typed.trim()) change(addressList([...value, typed]))
        }}
        onInputKeyDown={(event) => {
          if (event.key === 'Escape' && !event.nativeEvent.isComposing) close()
        }}
        tokenSeparators={[',', ';', '，', '；', ' ', '\n']}
        placeholder={t('reply.addAddress')}
        notFoundContent={null}
        suffixIcon={null}
        options={offered.map(({ address, name }) => ({
          value: address,
          label: name && name !== address ? `${name} <${address}>` : address,
        }))}
        tagRender={({ value: text, onClose }) => (
          <span className={styles.chip} data-bad={!isAddress(String(text))}>
            <span className="truncate" title={String(text)}>
              {String(text)}
            </span>
            <button
              type="button"
              aria-label={t('reply.remove', { name: String(text) })}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => onClose()}
            >
              <X size={11} aria-hidden="true" />
            </button>
          </span>
        )}
        style={{ flex: 1, minWidth: 0 }}
      />
    </div>
  )
}
