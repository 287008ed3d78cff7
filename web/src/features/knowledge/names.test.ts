import { expect, test } from 'vitest'
import type { Category } from '@/shared/api/knowledge'
import { asTree, best, categoryName, categoryOptions, helpfulShare } from './names'

const category = (id: string, parent_id: string | null = null): Category => ({
  id,
  parent_id,
  brand_id: null,
  names: { en: `c${id}`, 'zh-CN': `类${id}` },
  position: 0,
})

test('a tree keeps the order and never loses a category', () => {
  const all = [category('2', '1'), category('1'), category('3', '2'), category('9', 'gone')]
  const drawn = asTree(all).map(({ category: one, depth }) => [one.id, depth])
  expect(drawn).toEqual([
    ['1', 0],
    ['2', 1],
    ['3', 2],
    ['9', 0],
  ])
  expect(asTree([category('1', '2'), category('2', '1')])).toHaveLength(2)
  expect(categoryOptions(all, 'en')[1]).toEqual({ value: '2', label: '\u2003c2' })
})

test('names and texts come in the nearest language', () => {
  expect(categoryName(category('1'), 'zh-CN')).toBe('类1')
  expect(categoryName(category('1'), 'fr')).toBe('c1')
  const all = [{ locale: 'en' }, { locale: 'zh-TW' }]
  expect(best(all, 'zh-CN', 'en')?.locale).toBe('zh-TW')
  expect(best(all, 'fr', 'zh-TW')?.locale).toBe('zh-TW')
})

test('a share needs somebody who said so', () => {
  expect(helpfulShare({ helpful: 0, unhelpful: 0 })).toBeNull()
  expect(helpfulShare({ helpful: 2, unhelpful: 1 })).toBe(67)
})
