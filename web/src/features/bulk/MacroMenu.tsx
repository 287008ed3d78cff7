import { useQuery } from '@tanstack/react-query'
import { Button, Select } from 'antd'
import { Zap } from 'lucide-react'
import { useState } from 'react'
import type { Id } from '@/shared/api'
import { type Macro, macrosQuery } from '@/shared/api/macros'
import { matchesName } from '@/shared/format'
import { useTranslation } from '@/shared/i18n'
import styles from './bulk.module.css'

/** Macros that act; only their actions run on many tickets. */
export function MacroMenu({ choose }: { choose: (macro: Pick<Macro, 'id' | 'title'>) => void }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const { data = [], isPending } = useQuery({ ...macrosQuery, enabled: open })
  if (!open) {
    return (
      <Button size="small" icon={<Zap size={13} />} onClick={() => setOpen(true)}>
        {t('bulk.macro')}
      </Button>
    )
  }
  const acting = data.filter((macro) => macro.active && macro.actions.length > 0)
  return (
    <Select
      size="small"
      autoFocus
      defaultOpen
      className={styles.macro}
      aria-label={t('bulk.macro')}
      placeholder={t('bulk.macro')}
      loading={isPending}
      notFoundContent={isPending ? t('common.loading') : t('bulk.noMacro')}
      popupMatchSelectWidth={260}
      options={acting.map((macro) => ({ value: macro.id, label: macro.title }))}
      showSearch={{
        filterOption: (typed, option) => matchesName(String(option?.label ?? ''), typed),
      }}
      onOpenChange={(shown) => !shown && setOpen(false)}
      onSelect={(id: Id) => {
        const macro = acting.find((one) => one.id === id)
        if (macro) choose(macro)
        setOpen(false)
      }}
    />
  )
}
