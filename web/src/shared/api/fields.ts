import { queryOptions } from '@tanstack/react-query'
import { api } from './client'
import type { components } from './schema.gen'
import type { Id } from './types'

type Schemas = components['schemas']

export type CustomField = Schemas['CustomField']
export type NewCustomField = Schemas['NewCustomField']
export type CustomFieldChange = Schemas['CustomFieldChange']
export type FieldObject = CustomField['object']
export type FieldType = CustomField['type']
export type FieldOption = Schemas['FieldOption']
export type FieldNames = Schemas['FieldNames']
export type FieldState = Schemas['FieldState']
export type FieldRule = Schemas['FieldRuleOut']
export type FieldEffect = Schemas['FieldEffect']
export type FieldCondition = Schemas['FieldCondition']
export type NewFieldRule = Schemas['NewFieldRule']
export type FormLayout = Schemas['FormOut']
export type NewForm = Schemas['NewForm']
export type FormSection = Schemas['FormSection']
export type EvaluatedForm = Schemas['EvaluatedForm']
export type FormAsked = Schemas['EvaluateForm']
export type FieldValues = Record<string, unknown>

/** The fields that the reader may see; archived ones only for those who define fields. */
export const fieldsQuery = (object: FieldObject, archived = false) =>
  queryOptions({
    queryKey: ['fields', object, archived],
    queryFn: async ({ signal }) =>
      (await api.get('/fields', { query: { object, archived }, signal })).items,
    staleTime: 10 * 60_000,
  })
export const createField = (field: NewCustomField) => api.post('/fields', { body: field })
export const changeField = (id: Id, change: CustomFieldChange) =>
  api.patch('/fields/{field_id}', { path: { field_id: id }, body: change })
export const orderFields = (object: FieldObject, keys: string[]) =>
  api.put('/fields/order', { body: { object, keys } })

/** A form with what was entered so far: what is shown, needed and offered now. */
export const formQuery = (asked: FormAsked, version?: number) =>
  queryOptions({
    queryKey: ['form', asked.object, asked, version ?? 0],
    queryFn: ({ signal }) => api.post('/fields/evaluate', { body: asked, signal }),
    staleTime: 60_000,
  })

export type LabelKind = 'agent' | 'file' | 'ticket' | 'customer' | 'company'
export const labelsQuery = (kind: LabelKind, ids: Id[]) =>
  queryOptions({
    queryKey: ['field-labels', kind, ids],
    queryFn: async ({ signal }) =>
      (await api.get('/field-labels', { query: { kind, ids: ids.join(',') }, signal })).items,
    enabled: ids.length > 0,
    staleTime: 5 * 60_000,
  })

export const rulesQuery = (object: FieldObject) =>
  queryOptions({
    queryKey: ['field-rules', object],
    queryFn: async ({ signal }) =>
      (await api.get('/field-rules', { query: { object }, signal })).items,
  })
export const saveRule = (id: Id | null, rule: NewFieldRule) => {
  if (!id) return api.post('/field-rules', { body: rule })
  const { object: _object, ...change } = rule
  return api.patch('/field-rules/{rule_id}', { path: { rule_id: id }, body: change })
}
export const removeRule = (id: Id) =>
  api.delete('/field-rules/{rule_id}', { path: { rule_id: id } })

export const formsQuery = (object: FieldObject) =>
  queryOptions({
    queryKey: ['forms', object],
    queryFn: async ({ signal }) => (await api.get('/forms', { query: { object }, signal })).items,
  })
export const saveForm = (id: Id | null, form: NewForm) => {
  if (!id) return api.post('/forms', { body: form })
  const { object: _object, ...change } = form
  return api.patch('/forms/{form_id}', { path: { form_id: id }, body: change })
}
export const removeForm = (id: Id) => api.delete('/forms/{form_id}', { path: { form_id: id } })
export const formVersionsQuery = (id: Id) =>
  queryOptions({
    queryKey: ['form-versions', id],
    queryFn: async ({ signal }) =>
      (await api.get('/forms/{form_id}/versions', { path: { form_id: id }, signal })).items,
    staleTime: 0,
  })
export const restoreForm = (id: Id, version: number) =>
  api.post('/forms/{form_id}/restore', { path: { form_id: id }, body: { version } })
