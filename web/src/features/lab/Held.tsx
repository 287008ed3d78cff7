import { type QueryKey, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect } from 'react'
import { changeQuery, type HeldChange } from '@/shared/api/lab'
import { useTranslation } from '@/shared/i18n'
import { useCan } from '@/shared/session'
import { Tag } from '@/shared/ui'

interface Props {
  held: HeldChange
  /** What shows the change: fetched again when it is decided. */
  keys: QueryKey[]
}

/** Beside what would have changed: it waits for golden sets, or they say that it makes things worse. */
export function Held({ held, keys }: Props) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const mayJudge = useCan('learning:manage')
  const maySee = useCan('model:manage') || mayJudge
  const { data } = useQuery(changeQuery(held.id))
  const isOver = data !== undefined && data.change.state !== held.state
  // biome-ignore lint/correctness/useExhaustiveDependencies: the keys are written out where it is used
  useEffect(() => {
    if (isOver) for (const queryKey of keys) void client.invalidateQueries({ queryKey })
  }, [isOver, client])
  return (
    <span role="status">
      <Tag
        tone={held.state === 'blocked' ? 'danger' : 'info'}
        title={t(`lab.heldHint.${held.state}`)}
      >
        {t(`lab.held.${held.state}`)}
      </Tag>{' '}
      {maySee && (
        <Link to="/admin/lab/changes/$id" params={{ id: held.id }}>
          {t('lab.seeWhy')}
        </Link>
      )}
    </span>
  )
}
