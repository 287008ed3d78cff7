import type { Schema } from '@/shared/api/admin'

/** One field of a channel's settings, as the form draws it. */
export interface Field {
  name: string
  kind:
    | 'text'
    | 'long'
    | 'number'
    | 'switch'
    | 'choice'
    | 'many'
    | 'words'
    | 'list'
    | 'group'
    | 'secret'
  title: string
  help: string
  required: boolean
  default: unknown
  choices: { value: string | number; label: string }[]
  min?: number
  max?: number
  pattern?: string
  integer: boolean
  /** Asked only where these fields beside it have one of these values. */
  when?: Record<string, unknown[]>
  /** Of a group, or of one entry of a list. */
  fields: Field[]
}

const language = (words: Record<string, string> | undefined, locale: string) =>
  words?.[locale] ?? words?.[locale.slice(0, 2)] ?? undefined

/** `imap_host` → `Imap host`: better than nothing where a channel brings no words. */
export function humanise(name: string): string {
  const text = name.replaceAll('_', ' ').replaceAll('-', ' ').trim()
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** Follows references and takes the part of a union that is not null. */
function resolve(schema: Schema, root: Schema, depth = 0): Schema {
  if (depth > 12) return {}
  if (schema.$ref) {
    const target = root.$defs?.[schema.$ref.split('/').at(-1) ?? ''] ?? {}
    const { $ref: _ref, ...own } = schema
    return resolve({ ...target, ...own }, root, depth + 1)
  }
  const union = schema.anyOf ?? schema.oneOf
  if (!union) return schema
  const { anyOf: _any, oneOf: _one, ...own } = schema
  const parts = union.filter((part) => part.type !== 'null')
  if (parts.every((part) => part.const !== undefined)) {
    return { ...own, enum: parts.map((part) => part.const) }
  }
  return resolve({ ...(parts[0] ?? {}), ...own }, root, depth + 1)
}

const typeOf = (schema: Schema) =>
  Array.isArray(schema.type) ? schema.type.find((type) => type !== 'null') : schema.type

function kindOf(schema: Schema, items: Schema): Field['kind'] {
  if (schema.writeOnly) return 'secret'
  if (schema.enum) return 'choice'
  const type = typeOf(schema)
  if (type === 'boolean') return 'switch'
  if (type === 'integer' || type === 'number') return 'number'
  if (type === 'array' && items.enum) return 'many'
  if (type === 'array') return typeOf(items) === 'object' ? 'list' : 'words'
  if (type === 'object' && schema.properties) return 'group'
  return (schema.maxLength ?? 0) >= 1000 ? 'long' : 'text'
}

function choicesOf(schema: Schema, items: Schema, locale: string): Field['choices'] {
  const labels = schema['x-choices']?.[locale] ?? schema['x-choices']?.[locale.slice(0, 2)] ?? {}
  return (schema.enum ?? items.enum ?? [])
    .filter((value): value is string | number => value !== null)
    .map((value) => ({ value, label: labels[String(value)] ?? humanise(String(value)) }))
}

const wordsOf = (part: Schema, name: string, locale: string) => ({
  title: language(part['x-title'], locale) ?? part.title ?? humanise(name),
  help: language(part['x-help'], locale) ?? part.description ?? '',
})

export function fieldsOf(schema: Schema, locale: string, root: Schema = schema): Field[] {
  return Object.entries(schema.properties ?? {}).map(([name, given]) => {
    const part = resolve(given, root)
    const items = resolve(part.items ?? {}, root)
    const kind = kindOf(part, items)
    const inner = kind === 'list' ? items : kind === 'group' ? part : null
    return {
      name,
      kind,
      ...wordsOf(part, name, locale),
      required: (schema.required ?? []).includes(name),
      default: part.default,
      choices: choicesOf(part, items, locale),
      min: part.minimum,
      max: kind === 'number' ? part.maximum : part.maxLength,
      pattern: part.pattern ?? (kind === 'words' ? items.pattern : undefined),
      integer: typeOf(part) === 'integer',
      when: part['x-when'],
      fields: inner ? fieldsOf(inner, locale, root) : [],
    }
  })
}

/** What the form starts with: what is saved, else the channel's own default. Secrets start empty. */
export function startOf(fields: Field[], saved: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    fields.map((field) => {
      const value = saved[field.name] ?? field.default
      if (field.kind === 'secret') return [field.name, undefined]
      if (field.kind === 'group') {
        return [field.name, startOf(field.fields, (value ?? {}) as Record<string, unknown>)]
      }
      if (['list', 'words', 'many'].includes(field.kind)) return [field.name, value ?? []]
      return [field.name, value]
    }),
  )
}

/** One value as it is sent; undefined when it is left out. A secret counts only when it was typed. */
function sent(field: Field, value: unknown): unknown {
  if (field.kind === 'secret') return typeof value === 'string' && value !== '' ? value : undefined
  if (field.kind === 'group') {
    return settingsOf(field.fields, (value ?? {}) as Record<string, unknown>)
  }
  if (field.kind === 'list') {
    const entries = (value ?? []) as Record<string, unknown>[]
    return entries.map((entry) => settingsOf(field.fields, entry))
  }
  const given = value ?? field.default
  return typeof given === 'string' ? given.trim() : given
}

/** What is sent: text trimmed, an emptied field as the channel's own default. */
export function settingsOf(
  fields: Field[],
  values: Record<string, unknown>,
): Record<string, unknown> {
  const pairs = fields.map((field) => [field.name, sent(field, values[field.name])] as const)
  return Object.fromEntries(pairs.filter(([, value]) => value !== undefined && value !== null))
}

export interface Section {
  id: string
  fields: Field[]
}
/** Fields whose names begin alike (`imap_host`, `imap_port`, …) stand together below a heading. */
export function sectionsOf(fields: Field[], least = 3): Section[] {
  const count = new Map<string, number>()
  const prefix = (name: string) => (name.includes('_') ? (name.split('_')[0] ?? '') : '')
  for (const { name } of fields) count.set(prefix(name), (count.get(prefix(name)) ?? 0) + 1)
  const sections: Section[] = []
  const more: Field[] = []
  const main: Field[] = []
  let grouped = false
  for (const field of fields) {
    const id = prefix(field.name)
    if (id && (count.get(id) ?? 0) >= least) {
      grouped = true
      const open = sections.find((section) => section.id === id)
      if (open) open.fields.push(field)
      else sections.push({ id, fields: [field] })
    } else if (grouped) more.push(field)
    else main.push(field)
  }
  return [
    ...(main.length ? [{ id: '', fields: main }] : []),
    ...sections,
    ...(more.length ? [{ id: 'more', fields: more }] : []),
  ]
}
