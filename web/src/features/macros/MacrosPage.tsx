import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { Plus, Zap } from 'lucide-react'
import { useState } from 'react'
import { teamsQuery } from '@/shared/api'
import { type Macro, macrosQuery } from '@/shared/api/macros'
import { useTranslation } from '@/shared/i18n'
import { type Column, Page, QueryView, RowButton, Small, Table } from '@/shared/page'
import { Empty, Tag, Time } from '@/shared/ui'
import { MacroPanel } from './MacroPanel'

/** How much of what was put into an editor went out as it was, in per cent; null before any did. */
export function keptShare({
  unchanged = 0,
  edited = 0,
  dropped = 0,
}: Macro['figures']): number | null {
  const sent = unchanged + edited + dropped
  return sent === 0 ? null : Math.round((unchanged * 100) / sent)
}

/** All macros that one may use, with their use. */
export function MacrosPage() {
  const { t } = useTranslation()
  const query = useQuery(macrosQuery)
  const [edited, setEdited] = useState<Macro | 'new' | null>(null)
  const columns = useColumns(setEdited)
  const add = (
    <Button type="primary" icon={<Plus size={15} />} onClick={() => setEdited('new')}>
      {t('macroEdit.add')}
    </Button>
  )
  return (
    <Page title={t('macros.title')} lead={t('macroEdit.lead')} actions={add}>
      <QueryView
        query={query}
        empty={
          <Empty icon={Zap} title={t('macroEdit.empty')} hint={t('macroEdit.emptyHint')}>
            {add}
          </Empty>
        }
      >
        {(items) => (
          <Table
            label={t('macros.title')}
            rows={items}
            keyOf={(macro) => macro.id}
            opens
            columns={columns}
          />
        )}
      </QueryView>
      {edited && (
        <MacroPanel macro={edited === 'new' ? null : edited} close={() => setEdited(null)} />
      )}
    </Page>
  )
}

function useColumns(open: (macro: Macro) => void): Column<Macro>[] {
  const { t } = useTranslation()
  const { data: teams = [] } = useQuery(teamsQuery)
  const reach = (macro: Macro) =>
    teams.find((team) => team.id === macro.team_id)?.name ?? t(`macroEdit.reaches.${macro.reach}`)
  return [
    {
      key: 'title',
      title: t('macroEdit.name'),
      cell: (macro) => (
        <>
          <RowButton onClick={() => open(macro)}>{macro.title}</RowButton>
          {macro.folder && <Small>{macro.folder}</Small>}
        </>
      ),
    },
    {
      key: 'shortcut',
      title: t('macroEdit.shortcut'),
      width: 120,
      cell: (macro) => macro.shortcut && <code>/{macro.shortcut}</code>,
    },
    {
      key: 'reach',
      title: t('macroEdit.reach'),
      width: 150,
      cell: (macro) => (
        <Tag tone={macro.active ? 'info' : 'neutral'}>
          {macro.active ? reach(macro) : t('macroEdit.inactive')}
        </Tag>
      ),
    },
    {
      key: 'used',
      title: t('macroEdit.used'),
      width: 190,
      cell: (macro) => {
        const share = keptShare(macro.figures)
        return (
          <>
            {t('macroEdit.usedTimes', { count: macro.figures.used })}
            {share !== null && <Small>{t('macroEdit.kept', { share })}</Small>}
          </>
        )
      },
    },
    {
      key: 'last',
      title: t('macroEdit.lastUsed'),
      width: 130,
      cell: ({ figures }) => figures.last_used_at && <Time at={figures.last_used_at} />,
    },
  ]
}
