import type { ActionInfo, Step } from '@/shared/api/macros'

/** Where the values of a parameter come from. */
export type Source =
  | 'agent'
  | 'team'
  | 'status'
  | 'type'
  | 'tag'
  | 'macro'
  | 'field'
  | 'field_value'

export interface Param {
  name: string
  title: string
  help: string
  required: boolean
  kind: 'choice' | 'number' | 'words' | 'long' | 'text' | 'flag'
  choices: { value: string; label: string }[]
  of?: Source
  min?: number
  max?: number
}

interface Part {
  type?: string | string[]
  enum?: unknown[]
  anyOf?: Part[]
  minimum?: number
  maximum?: number
  'x-title'?: Record<string, string>
  'x-help'?: Record<string, string>
  'x-choices'?: Record<string, Record<string, string>>
  'x-of'?: Source
  'x-long'?: boolean
}

const typeOf = ({ type }: Part) => (Array.isArray(type) ? type.find((one) => one !== 'null') : type)

/** A part with what its one real alternative says. */
function whole(part: Part): Part {
  const real = part.anyOf?.filter((one) => one.type !== 'null') ?? []
  return real[0] ? { ...real[0], ...part, type: real[0].type } : part
}

function kindOf(part: Part): Param['kind'] {
  if (part.enum) return 'choice'
  const type = typeOf(part)
  if (type === 'boolean') return 'flag'
  if (type === 'array') return 'words'
  if (type === 'integer' || type === 'number') return 'number'
  return part['x-long'] ? 'long' : 'text'
}

/** The form of an action, from the JSON Schema of its parameters. */
export function paramsOf({ params }: Pick<ActionInfo, 'params'>, locale: string): Param[] {
  const language = locale.slice(0, 2)
  const required = Array.isArray(params.required) ? params.required : []
  return Object.entries((params.properties ?? {}) as Record<string, Part>).map(([name, given]) => {
    const part = whole(given)
    const labels = part['x-choices']?.[language] ?? {}
    return {
      name,
      title: part['x-title']?.[language] ?? name,
      help: part['x-help']?.[language] ?? '',
      required: required.includes(name),
      kind: kindOf(part),
      choices: (part.enum ?? []).map((value) => ({
        value: String(value),
        label: labels[String(value)] ?? String(value),
      })),
      of: part['x-of'],
      min: part.minimum,
      max: part.maximum,
    }
  })
}

/** Parameters that say something; an emptied one is left to its default. */
const given = (params: Record<string, unknown> | undefined) =>
  Object.fromEntries(
    Object.entries(params ?? {}).filter(([, value]) => value !== undefined && value !== ''),
  )

/** Actions as they are sent. */
export const stepsOf = (steps: Step[] = []): Step[] =>
  steps.map(({ action, params }) => ({ action, params: given(params) }))
