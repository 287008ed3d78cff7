import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { Button, Checkbox, Select } from 'antd'
import { MessageCircleHeart } from 'lucide-react'
import {
  type ResponseFilter,
  responsesQuery,
  type SurveyResponse,
  surveysQuery,
} from '@/shared/api/surveys'
import { useTranslation } from '@/shared/i18n'
import { Bar, More, QueryView, rowLink, Small, Table } from '@/shared/page'
import { Empty, Time } from '@/shared/ui'
import { Figures } from './Figures'
import { Score } from './Score'
import styles from './surveys.module.css'

/** What customers said, newest first, with the figures above. */
export function Responses({ filter }: { filter: ResponseFilter }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const query = useInfiniteQuery(responsesQuery(filter))
  const rows = query.data?.pages.flatMap((page) => page.items)
  const choose = (change: ResponseFilter) =>
    void navigate({
      to: '/admin/surveys',
      search: { tab: 'responses', ...filter, ...change },
      replace: true,
    })
  const filtered = Object.values(filter).some((value) => value !== undefined)
  return (
    <>
      <Figures survey={filter.survey ? String(filter.survey) : undefined} />
      <Filters filter={filter} choose={choose} />
      <QueryView query={{ ...query, data: rows }} lines={8}>
        {(items) =>
          items.length === 0 ? (
            <Empty
              icon={MessageCircleHeart}
              title={filtered ? t('surveys.noMatch') : t('surveys.noResponses')}
              hint={filtered ? undefined : t('surveys.noResponsesHint')}
            >
              {filtered && (
                <Button
                  onClick={() =>
                    void navigate({ to: '/admin/surveys', search: { tab: 'responses' } })
                  }
                >
                  {t('kit.clear')}
                </Button>
              )}
            </Empty>
          ) : (
            <Rows items={items} />
          )
        }
      </QueryView>
      <More query={query} />
    </>
  )
}

interface FilterProps {
  filter: ResponseFilter
  choose: (change: ResponseFilter) => void
}

function Filters({ filter, choose }: FilterProps) {
  const { t } = useTranslation()
  const { data: surveys = [] } = useQuery(surveysQuery)
  return (
    <Bar>
      <Select
        style={{ width: 220 }}
        allowClear
        aria-label={t('surveys.ofSurvey')}
        placeholder={t('surveys.ofSurvey')}
        value={filter.survey ? String(filter.survey) : undefined}
        onChange={(survey?: string) => choose({ survey })}
        options={surveys.map(({ id, name }) => ({ value: id, label: name }))}
      />
      <Select
        style={{ width: 140 }}
        allowClear
        aria-label={t('surveys.rating')}
        placeholder={t('surveys.rating')}
        value={filter.rating ?? undefined}
        onChange={(rating?: SurveyResponse['rating']) => choose({ rating })}
        options={(['good', 'neutral', 'bad'] as const).map((rating) => ({
          value: rating,
          label: t(`work.rating.${rating}`),
        }))}
      />
      <Checkbox
        checked={filter.commented === true}
        onChange={({ target }) => choose({ commented: target.checked || undefined })}
      >
        {t('surveys.commented')}
      </Checkbox>
    </Bar>
  )
}

function Rows({ items }: { items: SurveyResponse[] }) {
  const { t } = useTranslation()
  return (
    <Table
      label={t('surveys.tabs.responses')}
      rows={items}
      keyOf={({ id }) => id}
      opens
      columns={[
        {
          key: 'ticket',
          title: t('surveys.ticket'),
          cell: ({ ticket, comment }) => (
            <>
              <Link to="/inbox" search={{ view: 'all', ticket: ticket.id }} className={rowLink}>
                #{ticket.number} {ticket.subject}
              </Link>
              {comment && <p className={styles.comment}>{comment}</p>}
            </>
          ),
        },
        {
          key: 'score',
          title: t('surveys.score'),
          width: 190,
          cell: ({ kind, score, rating }) => <Score kind={kind} score={score} rating={rating} />,
        },
        {
          key: 'customer',
          title: t('surveys.customer'),
          width: 170,
          cell: ({ contact, channel }) => (
            <div>
              {contact.name}
              <Small>{t(`work.ways.${channel}`)}</Small>
            </div>
          ),
        },
        {
          key: 'agent',
          title: t('surveys.agent'),
          width: 140,
          cell: ({ agent }) => agent?.name ?? '',
        },
        {
          key: 'at',
          title: t('surveys.at'),
          width: 130,
          cell: ({ answered_at }) => <Time at={answered_at} />,
        },
      ]}
    />
  )
}
