import { useQuery } from '@tanstack/react-query'
import { Button, Form, Input, Select } from 'antd'
import { Plus, Trash2 } from 'lucide-react'
import { type LexiconTerm, lexiconQuery, type Understanding } from '@/shared/api/understanding'
import { useTranslation } from '@/shared/i18n'
import { Card } from '@/shared/page'
import { IconButton, Tag } from '@/shared/ui'
import { LexiconAttempt } from './LexiconAttempt'
import styles from './settings.module.css'
import type { Save } from './UnderstandingPage'

type Category = NonNullable<LexiconTerm['category']>
const categories: readonly Category[] = [
  'legal',
  'regulator',
  'media',
  'safety',
  'threat',
  'complaint',
  'churn',
  'repeat',
  'abuse',
]

/** The workspace's own words of concern, those that come with the desk, and a place to try them. */
export function LexiconCard({ settings, save }: { settings: Understanding; save: Save }) {
  const { t } = useTranslation()
  const added = settings.lexicon.added ?? []
  const removed = settings.lexicon.removed ?? []
  const put = (change: Partial<Understanding['lexicon']>) =>
    save({ lexicon: { added, removed, ...change } })
  return (
    <Card title={t('signals.settings.words')} hint={t('signals.settings.wordsHint')}>
      <div className={styles.form}>
        {added.length === 0 ? (
          <p className={styles.hint}>{t('signals.settings.noWords')}</p>
        ) : (
          <ul className={styles.terms} aria-label={t('signals.settings.words')}>
            {added.map((one) => (
              <li key={one.term}>
                {one.term}
                <Tag>{t(`signals.settings.categories.${one.category ?? 'complaint'}`)}</Tag>
                <IconButton
                  icon={Trash2}
                  size="small"
                  label={t('signals.settings.remove', { term: one.term })}
                  onClick={() => put({ added: added.filter(({ term }) => term !== one.term) })}
                />
              </li>
            ))}
          </ul>
        )}
        <AddTerm
          add={(term) => put({ added: [...added.filter((one) => one.term !== term.term), term] })}
        />
        <Shipped removed={removed} put={(next) => put({ removed: next })} />
        <LexiconAttempt />
      </div>
    </Card>
  )
}

function AddTerm({ add }: { add: (term: LexiconTerm) => void }) {
  const { t } = useTranslation()
  const [form] = Form.useForm<{ term: string; category: Category }>()
  return (
    <Form
      form={form}
      className={styles.add}
      initialValues={{ term: '', category: 'complaint' }}
      onFinish={({ term, category }) => {
        if (!term.trim()) return
        add({ term: term.trim(), category, weight: 0.8 })
        form.resetFields()
      }}
    >
      <Form.Item name="term" noStyle>
        <Input
          maxLength={64}
          aria-label={t('signals.settings.term')}
          placeholder={t('signals.settings.term')}
        />
      </Form.Item>
      <Form.Item name="category" noStyle>
        <Select
          className={styles.category}
          aria-label={t('signals.settings.category')}
          options={categories.map((value) => ({
            value,
            label: t(`signals.settings.categories.${value}`),
          }))}
        />
      </Form.Item>
      <Button htmlType="submit" icon={<Plus size={14} />}>
        {t('signals.settings.add')}
      </Button>
    </Form>
  )
}

/** Words that come with the desk; one that is not meant so here can be left out. */
function Shipped({ removed, put }: { removed: readonly string[]; put: (next: string[]) => void }) {
  const { t } = useTranslation()
  const { data = [] } = useQuery(lexiconQuery)
  return (
    <details className={styles.shipped}>
      <summary>{t('signals.settings.shipped', { count: data.length })}</summary>
      <ul className={styles.terms}>
        {data.map(({ term, category }) => {
          const out = removed.includes(term)
          return (
            <li key={term} data-out={out}>
              <span>{term}</span>
              <Tag>
                {t(
                  `signals.settings.categories.${category}` as 'signals.settings.categories.legal',
                )}
              </Tag>
              <Button
                type="link"
                size="small"
                aria-label={`${out ? t('signals.settings.count') : t('signals.settings.ignore')}: ${term}`}
                onClick={() =>
                  put(out ? removed.filter((one) => one !== term) : [...removed, term])
                }
              >
                {out ? t('signals.settings.count') : t('signals.settings.ignore')}
              </Button>
            </li>
          )
        })}
      </ul>
    </details>
  )
}
