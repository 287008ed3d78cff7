/** What articles have and answers do not: headings, rules, tables, pictures by file, and small marks. */
import { Mark, mergeAttributes, Node, textblockTypeInputRule } from '@tiptap/core'
import { goToNextCell, tableEditing } from '@tiptap/pm/tables'

const levels = [2, 3, 4] as const
export type Level = (typeof levels)[number]

export const Heading = Node.create({
  name: 'heading',
  group: 'block',
  content: 'inline*',
  defining: true,
  addAttributes: () => ({ level: { default: 2, rendered: false } }),
  parseHTML: () => levels.map((level) => ({ tag: `h${level}`, attrs: { level } })),
  renderHTML: ({ node, HTMLAttributes }) => [`h${node.attrs.level}`, HTMLAttributes, 0],
  addInputRules() {
    // "## " as in Markdown; the article's title is the first heading.
    return levels.map((level) =>
      textblockTypeInputRule({
        find: new RegExp(`^#{${level}}\\s$`),
        type: this.type,
        getAttributes: { level },
      }),
    )
  },
})

export const Rule = Node.create({
  name: 'rule',
  group: 'block',
  parseHTML: () => [{ tag: 'hr' }],
  renderHTML: ({ HTMLAttributes }) => ['hr', HTMLAttributes],
})

const source = /^\/api\/v1\/(?:knowledge\/)?files\/\d+$/

export const Picture = Node.create({
  name: 'picture',
  group: 'inline',
  inline: true,
  draggable: true,
  addAttributes: () => ({
    src: { default: '' },
    alt: { default: '' },
    width: { default: null },
    height: { default: null },
  }),
  parseHTML: () => [
    {
      tag: 'img[src]',
      getAttrs: (element) => (source.test(element.getAttribute('src') ?? '') ? null : false),
    },
  ],
  renderHTML: ({ HTMLAttributes }) => ['img', HTMLAttributes],
})

const spanOf = (name: string) => (element: HTMLElement) =>
  Number(element.getAttribute(name) ?? 1) || 1

/** How the table commands know the parts. */
const roles: Record<string, string> = {
  table: 'table',
  tableRow: 'row',
  tableCell: 'cell',
  tableHeader: 'header_cell',
}

const cell = {
  content: 'block+',
  isolating: true,
  addAttributes: () => ({
    colspan: { default: 1, parseHTML: spanOf('colspan') },
    rowspan: { default: 1, parseHTML: spanOf('rowspan') },
    colwidth: { default: null, rendered: false },
  }),
} as const

export const Cell = Node.create({
  ...cell,
  name: 'tableCell',
  parseHTML: () => [{ tag: 'td' }],
  renderHTML: ({ HTMLAttributes }) => ['td', mergeAttributes(HTMLAttributes), 0],
})

export const Head = Node.create({
  ...cell,
  name: 'tableHeader',
  parseHTML: () => [{ tag: 'th' }],
  renderHTML: ({ HTMLAttributes }) => ['th', mergeAttributes(HTMLAttributes), 0],
})

export const Row = Node.create({
  name: 'tableRow',
  content: '(tableCell | tableHeader)*',
  parseHTML: () => [{ tag: 'tr' }],
  renderHTML: ({ HTMLAttributes }) => ['tr', HTMLAttributes, 0],
})

export const Table = Node.create({
  name: 'table',
  group: 'block',
  content: 'tableRow+',
  isolating: true,
  parseHTML: () => [{ tag: 'table' }],
  renderHTML: ({ HTMLAttributes }) => ['table', HTMLAttributes, ['tbody', 0]],
  extendNodeSchema: ({ name }) => ({ tableRole: roles[name] }),
  addProseMirrorPlugins: () => [tableEditing()],
  addKeyboardShortcuts() {
    const go = (step: 1 | -1) => () => {
      const { state, dispatch } = this.editor.view
      return goToNextCell(step)(state, dispatch)
    }
    return { Tab: go(1), 'Shift-Tab': go(-1) }
  },
})

const small = ['u', 'sub', 'sup', 'mark', 'kbd', 'ins'] as const

/** Kept as they are; there is no button for them. */
export const smallMarks = small.map((tag) =>
  Mark.create({
    name: `small_${tag}`,
    excludes: '',
    parseHTML: () => [{ tag }],
    renderHTML: ({ HTMLAttributes }) => [tag, HTMLAttributes, 0],
  }),
)
