import type { EvaluatedForm } from '@/shared/api/fields'

const isEmpty = (value: unknown) =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && !value.length)

/**
 * Fields that must be filled in now and are in none of the places of a layout: those that are needed and
 * empty, and those that a change was refused for. No layout hides them.
 */
export function neededNow(
  form: EvaluatedForm | undefined,
  placed: ReadonlySet<string>,
  refused: readonly { field: string }[] = [],
): string[] {
  const wrong = new Set(refused.map(({ field }) => field))
  return Object.entries(form?.states ?? {})
    .filter(
      ([key, { visible, required, readonly }]) =>
        !placed.has(key) &&
        (wrong.has(key) || (visible && required && !readonly && isEmpty(form?.values[key]))),
    )
    .map(([key]) => key)
}
