import { Switch } from 'antd'
import { Held } from '@/features/lab'
import { type Understanding, understandingQuery } from '@/shared/api/understanding'
import { useTranslation } from '@/shared/i18n'
import { Table } from '@/shared/page'
import { Threshold } from './Threshold'
import type { Save } from './UnderstandingPage'
import { judged } from './wording'

/** Each head: whether it reads, and how sure it must be to say something. */
export function HeadsTable({ settings, save }: { settings: Understanding; save: Save }) {
  const { t } = useTranslation()
  const rows = judged.map((head) => ({
    head,
    name: t(`signals.heads.${head}`),
    on: settings.heads[head]?.on ?? true,
    threshold: settings.heads[head]?.threshold ?? 0.5,
    held: settings.held?.[head],
  }))
  const put = (head: string, on: boolean, threshold: number) =>
    save({ heads: { [head]: { on, threshold } } })
  return (
    <Table
      label={t('signals.settings.heads')}
      rows={rows}
      keyOf={({ head }) => head}
      columns={[
        {
          key: 'name',
          title: t('signals.settings.heads'),
          cell: ({ name, held }) => (
            <>
              {name} {held && <Held held={held} keys={[understandingQuery.queryKey]} />}
            </>
          ),
        },
        {
          key: 'threshold',
          title: t('signals.settings.threshold'),
          width: 150,
          cell: ({ head, name, on, threshold }) =>
            head === 'complexity' ? (
              t('signals.sureness.counted')
            ) : (
              <Threshold
                label={`${name}: ${t('signals.settings.threshold')}`}
                value={threshold}
                disabled={!on}
                save={(share) => put(head, on, share)}
              />
            ),
        },
        {
          key: 'on',
          title: '',
          width: 80,
          end: true,
          cell: ({ head, name, on, threshold }) => (
            <Switch
              aria-label={name}
              checked={on}
              onChange={(next) => put(head, next, threshold)}
            />
          ),
        },
      ]}
    />
  )
}
