import { createFileRoute } from '@tanstack/react-router'
import { KnowledgePage, type KnowledgeSearch } from '@/features/knowledge'

const states = ['draft', 'published', 'archived'] as const
const text = (value: unknown) =>
  typeof value === 'string' || typeof value === 'number' ? String(value) || undefined : undefined

export const Route = createFileRoute('/knowledge/')({
  validateSearch: (search): KnowledgeSearch => {
    const found: KnowledgeSearch = {
      q: text(search.q),
      category: text(search.category),
      brand: text(search.brand),
      state: states.find((state) => state === search.state),
      locale: text(search.locale),
      owner: text(search.owner),
      review: search.review === 'due' ? 'due' : undefined,
    }
    return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined))
  },
  component: Page,
})

function Page() {
  return <KnowledgePage search={Route.useSearch()} />
}
