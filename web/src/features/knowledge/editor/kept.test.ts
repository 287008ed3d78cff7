import { expect, test } from 'vitest'
import { wouldLose } from './kept'

test('what the editor knows is edited as text', () => {
  expect(wouldLose('<h2>A</h2><p>b <strong>c</strong> <kbd>d</kbd><br>e</p>')).toEqual([])
  expect(wouldLose('<table><tbody><tr><td>x</td></tr></tbody></table>')).toEqual([])
  expect(wouldLose('')).toEqual([])
})

test('what it would lose is named', () => {
  expect(wouldLose('<details><summary>A</summary><p>b</p></details><details></details>')).toEqual([
    'details',
    'summary',
  ])
  expect(wouldLose('<figure><img src="x"></figure>')).toEqual(['figure'])
})
