import type { SuggestionKeyDownProps, SuggestionProps } from '@tiptap/suggestion'
import { type ReactNode, useMemo, useRef, useState } from 'react'
import { type AgentRef, agentsQuery, queryClient, type Team, teamsQuery } from '@/shared/api'
import { MentionList } from './MentionList'
import { type Mentionable, mentionables } from './mentions'

const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 }

type Props = SuggestionProps<Mentionable>

/** The list that opens at "@": the editor's plugin drives it, React draws it. */
export function useMentionList(): { suggestion: ReturnType<typeof build>; list: ReactNode } {
  const [props, setProps] = useState<Props | null>(null)
  const [active, setActive] = useState(0)
  const state = useRef({ props, active })
  state.current = { props, active }

  const suggestion = useMemo(
    () =>
      build({
        show(next) {
          setProps(next)
          if (next?.query !== state.current.props?.query) setActive(0)
        },
        key(event) {
          const { props: shown, active: at } = state.current
          const count = shown?.items.length ?? 0
          if (!shown || count === 0) return false
          const step = steps[event.key]
          if (step) setActive((at + step + count) % count)
          else if (event.key === 'Enter' || event.key === 'Tab') choose(shown, shown.items[at])
          else return false
          return true
        },
      }),
    [],
  )
  const list = props ? (
    <MentionList
      items={props.items}
      active={active}
      at={props.clientRect?.() ?? null}
      choose={(item) => choose(props, item)}
    />
  ) : null
  return { suggestion, list }
}

function choose(props: Props, item: Mentionable | undefined) {
  if (item) props.command({ id: item.id, label: item.name, kind: item.kind } as never)
}

interface Driver {
  show: (props: Props | null) => void
  key: (event: KeyboardEvent) => boolean
}

function build({ show, key }: Driver) {
  return {
    items: async ({ query }: { query: string }) => {
      const [agents, teams] = await Promise.all([
        queryClient.ensureQueryData(agentsQuery).catch((): AgentRef[] => []),
        queryClient.ensureQueryData(teamsQuery).catch((): Team[] => []),
      ])
      return mentionables(agents, teams, query)
    },
    render: () => ({
      onStart: show,
      onUpdate: show,
      onExit: () => show(null),
      onKeyDown: ({ event }: SuggestionKeyDownProps) => {
        if (event.isComposing || event.keyCode === 229) return false
        if (event.key === 'Escape') {
          event.stopPropagation()
          show(null)
          return true
        }
        return key(event)
      },
    }),
  }
}
