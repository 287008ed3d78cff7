const text = (value: unknown): string => {
  if (value === null || value === undefined || value === '') return '–'
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

/** What was changed, field by field, apart from everything else that the entry tells. */
export function changesOf(detail: Record<string, unknown>) {
  const { changes, ...rest } = detail
  const fields =
    changes && typeof changes === 'object' && !Array.isArray(changes) ? Object.entries(changes) : []
  return {
    changes: fields.map(([field, change]) => {
      const [before, after] = Array.isArray(change) ? change : [undefined, change]
      return { field, before: text(before), after: text(after) }
    }),
    rest,
  }
}
