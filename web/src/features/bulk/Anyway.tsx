import { Button } from 'antd'
import type { Bulk } from '@/shared/api/bulk'
import { useTranslation } from '@/shared/i18n'
import { askedAbout, useAct } from './useAct'

/** Goes on with the tickets that were passed over because something of theirs is still open. */
export function Anyway({ bulk }: { bulk: Bulk }) {
  const { t } = useTranslation()
  const { busy, despite } = useAct()
  const count = askedAbout(bulk)
  if (count === 0) return null
  return (
    <Button size="small" loading={busy} onClick={() => void despite(bulk)}>
      {t('bulk.despite', { count })}
    </Button>
  )
}
