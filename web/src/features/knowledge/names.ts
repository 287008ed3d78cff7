import type { ArticleRow, Category, Content, TextState } from '@/shared/api/knowledge'

/** The reader's language, else the article's own, else any. */
export function best<T extends { locale: string }>(
  all: readonly T[],
  wanted: string,
  own: string,
): T | undefined {
  return (
    all.find(({ locale }) => locale === wanted) ??
    all.find(({ locale }) => locale.slice(0, 2) === wanted.slice(0, 2)) ??
    all.find(({ locale }) => locale === own) ??
    all[0]
  )
}

export const textOf = (article: ArticleRow, wanted: string): TextState | undefined =>
  best(article.texts, wanted, article.locale)

export const contentOf = (
  article: ArticleRow & { contents: Content[] },
  wanted: string,
): Content | undefined => best(article.contents, wanted, article.locale)

export const categoryName = ({ names }: Category, locale: string) =>
  names[locale] ?? names[locale.slice(0, 2)] ?? Object.values(names)[0] ?? ''

export interface Branch {
  category: Category
  depth: number
}

/** Categories as they are drawn: each below the one that it is in. Loops and strays come last. */
export function asTree(categories: readonly Category[]): Branch[] {
  const found: Branch[] = []
  const seen = new Set<string>()
  const walk = (parent: string | null, depth: number) => {
    for (const category of categories) {
      if (category.parent_id !== parent || seen.has(category.id)) continue
      seen.add(category.id)
      found.push({ category, depth })
      walk(category.id, depth + 1)
    }
  }
  walk(null, 0)
  for (const category of categories) {
    if (!seen.has(category.id)) found.push({ category, depth: 0 })
  }
  return found
}

/** The same as choices of a field. */
export const categoryOptions = (categories: readonly Category[], locale: string) =>
  asTree(categories).map(({ category, depth }) => ({
    value: category.id,
    label: `${'\u2003'.repeat(depth)}${categoryName(category, locale)}`,
  }))

/** Share of readers whom it helped, in per cent; null before anybody said so. */
export const helpfulShare = ({
  helpful,
  unhelpful,
}: Pick<ArticleRow, 'helpful' | 'unhelpful'>): number | null =>
  helpful + unhelpful === 0 ? null : Math.round((helpful * 100) / (helpful + unhelpful))
