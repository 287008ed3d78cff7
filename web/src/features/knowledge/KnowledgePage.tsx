import { useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { BookOpen, FileInput, Plus, Search, Stethoscope } from 'lucide-react'
import { useState } from 'react'
import { type ArticleFilter, articlesQuery } from '@/shared/api/knowledge'
import { useTranslation } from '@/shared/i18n'
import { Guard, More, Page, QueryView } from '@/shared/page'
import { useCan } from '@/shared/session'
import { ButtonLink, Empty } from '@/shared/ui'
import { ArticleTable } from './ArticleTable'
import { Categories } from './Categories'
import { Filters } from './Filters'
import { ImportPanel } from './ImportPanel'
import styles from './knowledge.module.css'
import { NewArticle } from './NewArticle'

export type KnowledgeSearch = ArticleFilter

/** All articles: categories on the left, the list with its filters on the right. */
export function KnowledgePage({ search }: { search: KnowledgeSearch }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const mayEdit = useCan('knowledge:edit')
  const query = useInfiniteQuery(articlesQuery(search))
  const [panel, setPanel] = useState<'new' | 'import' | null>(null)
  const rows = query.data?.pages.flatMap((page) => page.items)
  const change = (next: KnowledgeSearch) =>
    void navigate({
      to: '/knowledge',
      search: Object.fromEntries(Object.entries(next).filter(([, value]) => value)),
      replace: true,
    })
  const add = mayEdit && (
    <>
      <ButtonLink to="/knowledge/health" icon={<Stethoscope size={15} />}>
        {t('knowledge.health')}
      </ButtonLink>
      <Button icon={<FileInput size={15} />} onClick={() => setPanel('import')}>
        {t('knowledge.import')}
      </Button>
      <Button type="primary" icon={<Plus size={15} />} onClick={() => setPanel('new')}>
        {t('knowledge.add')}
      </Button>
    </>
  )
  const filtered = Object.values(search).some(Boolean)
  const close = () => setPanel(null)
  return (
    <Guard permission="knowledge:read">
      <Page title={t('knowledge.title')} lead={t('knowledge.lead')} actions={add} width="wide">
        <div className={styles.layout}>
          <Categories
            chosen={search.category ? String(search.category) : null}
            choose={(category) => change({ ...search, category: category ?? undefined })}
          />
          <div>
            <Filters search={search} change={change} />
            <QueryView query={{ ...query, data: rows }} lines={10}>
              {(items) =>
                items.length > 0 ? (
                  <ArticleTable articles={items} />
                ) : filtered ? (
                  <Empty icon={Search} title={t('knowledge.noMatch')}>
                    <Button onClick={() => change({})}>{t('kit.clear')}</Button>
                  </Empty>
                ) : (
                  <Empty
                    icon={BookOpen}
                    title={t('knowledge.empty')}
                    hint={t('knowledge.emptyHint')}
                  >
                    {add}
                  </Empty>
                )
              }
            </QueryView>
            <More query={query} />
          </div>
        </div>
        {panel === 'new' && (
          <NewArticle category={search.category ? String(search.category) : null} close={close} />
        )}
        {panel === 'import' && <ImportPanel close={close} />}
      </Page>
    </Guard>
  )
}
