import { Dropdown } from 'antd'
import { Plus } from 'lucide-react'
import type { Article } from '@/shared/api/knowledge'
import { languageName, languages } from '@/shared/article'
import { useTranslation } from '@/shared/i18n'
import { useCan } from '@/shared/session'
import { Tag } from '@/shared/ui'
import { tones } from './ArticleTable'
import styles from './knowledge.module.css'

interface Props {
  article: Article
  current: string
  /** A language that is being begun and that the server does not know yet. */
  added: string | null
  open: (locale: string) => void
  add: (locale: string) => void
}

/** An article's languages side by side, with how far each one is. */
export function Languages({ article, current, added, open, add }: Props) {
  const { t } = useTranslation()
  const mayEdit = useCan('knowledge:edit')
  const known = article.texts.map(({ locale }) => locale)
  const left = languages.filter(({ value }) => !known.includes(value) && value !== added)
  return (
    <div className={styles.languages}>
      <div role="tablist" aria-label={t('knowledge.languages')}>
        {article.texts.map((text) => (
          <button
            key={text.locale}
            type="button"
            role="tab"
            aria-selected={text.locale === current}
            onClick={() => open(text.locale)}
          >
            {languageName(text.locale)}
            <Tag tone={tones[text.state]}>{t(`knowledge.states.${text.state}`)}</Tag>
          </button>
        ))}
        {added && (
          <button type="button" role="tab" aria-selected={true}>
            {languageName(added)}
            <Tag>{t('knowledge.begun')}</Tag>
          </button>
        )}
      </div>
      {mayEdit && left.length > 0 && (
        <Dropdown
          trigger={['click']}
          menu={{
            items: left.map(({ value, label }) => ({
              key: value,
              label,
              onClick: () => add(value),
            })),
          }}
        >
          <button type="button" aria-haspopup="menu" className={styles.addLanguage}>
            <Plus size={14} aria-hidden="true" />
            {t('knowledge.addLanguage')}
          </button>
        </Dropdown>
      )}
    </div>
  )
}
