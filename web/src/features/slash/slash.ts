import { Extension } from '@tiptap/core'
import { PluginKey } from '@tiptap/pm/state'
import { Suggestion, type SuggestionOptions } from '@tiptap/suggestion'
import type { Offered } from '@/shared/api/macros'

export type SlashOptions = Pick<SuggestionOptions<Offered, Offered>, 'items' | 'render' | 'command'>

/** "/" offers macros, but not within an address, a path or a date. */
export const slash = (options: SlashOptions) =>
  Extension.create({
    name: 'macros',
    addProseMirrorPlugins() {
      return [
        Suggestion<Offered, Offered>({
          editor: this.editor,
          char: '/',
          pluginKey: new PluginKey('macros'),
          allowedPrefixes: null,
          allow: ({ state, range }) => {
            const before = state.doc.textBetween(Math.max(0, range.from - 1), range.from, '\n')
            return !/[\w:/.]/.test(before)
          },
          ...options,
        }),
      ]
    },
  })
