import type { Editor, Extension, JSONContent } from '@tiptap/core'
import type { SuggestionKeyDownProps, SuggestionProps } from '@tiptap/suggestion'
import { type ReactNode, useMemo, useRef, useState } from 'react'
import { type Id, queryClient } from '@/shared/api'
import { type Applied, type Offered, offeredQuery } from '@/shared/api/macros'
import { MacroList } from './MacroList'
import { found } from './readings'
import { slash } from './slash'
import { useApplied } from './useApplied'

const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 }
const most = 50
type Props = SuggestionProps<Offered, Offered>
export type Attach = (files: Applied['attachments']) => void

/** A text as the editor's paragraphs. */
export const asParagraphs = (text: string): JSONContent[] =>
  text.split('\n').map((line) => ({
    type: 'paragraph',
    content: line ? [{ type: 'text', text: line }] : undefined,
  }))

/** The list that opens at "/": found by title, shortcut or pinyin; chosen, it is applied to the ticket. */
export function useSlash(ticket: Id, attach: Attach): { extension: Extension; list: ReactNode } {
  const [props, setProps] = useState<Props | null>(null)
  const [active, setActive] = useState(0)
  const tell = useApplied(ticket)
  const state = useRef({ props, active, ticket, attach, tell })
  state.current = { props, active, ticket, attach, tell }

  const extension = useMemo(() => {
    const show = (next: Props | null) => {
      setProps(next)
      if (next?.query !== state.current.props?.query) setActive(0)
    }
    return slash({
      items: async ({ query }) => {
        const all = await queryClient
          .ensureQueryData(offeredQuery(state.current.ticket))
          .catch((): Offered[] => [])
        return found(all, query).slice(0, most)
      },
      command: ({ editor, range, props: macro }) => {
        editor.chain().focus().deleteRange(range).run()
        void put(editor, macro)
      },
      render: () => ({
        onStart: show,
        onUpdate: show,
        onExit: () => show(null),
        onKeyDown: ({ event }: SuggestionKeyDownProps) => onKey(event, show),
      }),
    })

    function onKey(event: KeyboardEvent, close: (next: null) => void): boolean {
      const { props: shown } = state.current
      if (!shown || event.isComposing || event.keyCode === 229) return false
      if (event.key === 'Escape') {
        event.stopPropagation()
        close(null)
        return true
      }
      return shown.items.length > 0 && onChoice(event.key, shown)
    }

    function onChoice(key: string, shown: Props): boolean {
      const count = shown.items.length
      const step = steps[key]
      const chosen = shown.items[state.current.active]
      if (step) setActive((old) => (old + step + count) % count)
      else if ((key === 'Enter' || key === 'Tab') && chosen) shown.command(chosen)
      else return false
      return true
    }

    async function put(editor: Editor, macro: Offered) {
      const { attach: add, tell: say } = state.current
      const applied = await say.apply(macro.id)
      if (!applied) return
      const content = applied.html || (applied.text && asParagraphs(applied.text))
      if (content) editor.chain().focus().insertContent(content).run()
      if (applied.attachments.length > 0) add(applied.attachments)
      say.done(macro.title, applied)
    }
  }, [])

  const list = props ? (
    <MacroList
      ticket={ticket}
      items={props.items}
      active={active}
      at={props.clientRect?.() ?? null}
      choose={(item) => props.command(item)}
    />
  ) : null
  return { extension, list }
}
