import { expect, test } from 'vitest'
import type { EvaluatedForm } from '@/shared/api/fields'
import { neededNow } from './needed'

const state = { visible: true, required: true, readonly: false, options: null }
const form: EvaluatedForm = {
  form_id: null,
  sections: [],
  states: {
    empty: state,
    filled: state,
    placed: state,
    hidden: { ...state, visible: false },
    fixed: { ...state, readonly: true },
    free: { ...state, required: false },
  },
  values: { filled: 'x', empty: '' },
  errors: [],
}

test('what is needed and empty is shown though no layout has it', () => {
  expect(neededNow(form, new Set(['placed']))).toEqual(['empty'])
})

test('so is what a change was refused for', () => {
  expect(neededNow(form, new Set(['placed']), [{ field: 'free' }])).toEqual(['empty', 'free'])
  expect(neededNow(undefined, new Set())).toEqual([])
})
