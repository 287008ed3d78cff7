import { Blockquote } from '@tiptap/extension-blockquote'
import { Bold } from '@tiptap/extension-bold'
import { Code } from '@tiptap/extension-code'
import { CodeBlock } from '@tiptap/extension-code-block'
import { Document } from '@tiptap/extension-document'
import { HardBreak } from '@tiptap/extension-hard-break'
import { Italic } from '@tiptap/extension-italic'
import { Link } from '@tiptap/extension-link'
import { BulletList, ListItem, ListKeymap, OrderedList } from '@tiptap/extension-list'
import { Mention } from '@tiptap/extension-mention'
import { Paragraph } from '@tiptap/extension-paragraph'
import { Strike } from '@tiptap/extension-strike'
import { Text } from '@tiptap/extension-text'
import { Dropcursor, Gapcursor, Placeholder, UndoRedo } from '@tiptap/extensions'
import type { SuggestionOptions } from '@tiptap/suggestion'
import type { Mentionable } from './mentions'
import { PictureNode } from './picture'

// The kind travels beside the id, so that a team and a person are told apart.
const PersonMention = Mention.extend({
  addAttributes() {
    return {
      ...this.parent?.(),
      kind: {
        default: 'agent',
        parseHTML: (element) => element.getAttribute('data-kind'),
        renderHTML: ({ kind }) => ({ 'data-kind': kind }),
      },
    }
  },
})

interface Options {
  placeholder: () => string
  mentions: Pick<SuggestionOptions<Mentionable>, 'items' | 'render'> | null
}

export const extensionsFor = ({ placeholder, mentions }: Options) => [
  Document,
  Paragraph,
  Text,
  HardBreak,
  Bold,
  Italic,
  Strike,
  Code,
  CodeBlock,
  Blockquote,
  BulletList,
  OrderedList,
  ListItem,
  ListKeymap,
  PictureNode,
  UndoRedo,
  Dropcursor,
  Gapcursor,
  Link.configure({ openOnClick: false, autolink: true, defaultProtocol: 'https' }),
  Placeholder.configure({ placeholder }),
  ...(mentions
    ? [
        PersonMention.configure({
          renderText: ({ node }) => `@${node.attrs.label}`,
          // Without this "@" right after a Chinese character is not seen.
          suggestion: { ...mentions, allowedPrefixes: null },
        }),
      ]
    : []),
]
