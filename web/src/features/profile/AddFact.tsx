import { Button, Input, Select } from 'antd'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import type { Id } from '@/shared/api'
import { addFact, type FactKey } from '@/shared/api/profile'
import { useTranslation } from '@/shared/i18n'
import { useAction } from '@/shared/page'
import styles from './profile.module.css'

const names = [
  'company',
  'role',
  'city',
  'language',
  'contact_channel',
  'contact_time',
  'calls',
  'birthday',
  'device',
  'product',
  'order',
] as const satisfies FactKey[]

/** Something that the agent knows. */
export function AddFact({ contactId }: { contactId: Id }) {
  const { t } = useTranslation()
  const { run, busy } = useAction()
  const [open, setOpen] = useState(false)
  const [key, setKey] = useState<FactKey>('company')
  const [value, setValue] = useState('')
  if (!open) {
    return (
      <Button type="text" size="small" icon={<Plus size={14} />} onClick={() => setOpen(true)}>
        {t('profile.add')}
      </Button>
    )
  }
  const submit = async () => {
    if (!value.trim()) return
    const done = await run(() => addFact(contactId, { key, value: value.trim() }), {
      keys: [['contact', contactId, 'profile']],
    })
    if (done) {
      setValue('')
      setOpen(false)
    }
  }
  return (
    <form
      className={styles.add}
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      <Select
        size="small"
        aria-label={t('profile.key')}
        value={key}
        onChange={setKey}
        options={names.map((name) => ({ value: name, label: t(`profile.keys.${name}`) }))}
        popupMatchSelectWidth={false}
      />
      <Input
        size="small"
        autoFocus
        aria-label={t('profile.value')}
        maxLength={200}
        value={value}
        onChange={(event) => setValue(event.target.value)}
        onKeyDown={(event) => event.key === 'Escape' && setOpen(false)}
      />
      <Button size="small" htmlType="submit" loading={busy !== null} disabled={!value.trim()}>
        {t('profile.add')}
      </Button>
    </form>
  )
}
