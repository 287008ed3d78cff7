import { type Editor, mergeAttributes, Node } from '@tiptap/core'
import type { Node as Shown } from '@tiptap/pm/model'
import { create } from 'zustand'
import { fileOfSource, sourceOf } from '../pictures'

/** A place in the editor where React draws a picture. */
export interface Slot {
  dom: HTMLElement
  editor: Editor
  node: Shown
  chosen: boolean
  at: () => number | undefined
}
export const useSlots = create<{ slots: Slot[] }>(() => ({ slots: [] }))

/** The editor may call while React renders; what it says is heard right after. */
const put = (slot: Slot) =>
  queueMicrotask(() =>
    useSlots.setState(({ slots }) =>
      slots.some(({ dom }) => dom === slot.dom)
        ? { slots: slots.map((old) => (old.dom === slot.dom ? slot : old)) }
        : { slots: [...slots, slot] },
    ),
  )
const drop = (dom: HTMLElement) =>
  queueMicrotask(() =>
    useSlots.setState(({ slots }) => ({ slots: slots.filter((slot) => slot.dom !== dom) })),
  )

/** A picture in the text: by the server's file, or by its upload while it is on its way. */
export const PictureNode = Node.create({
  name: 'picture',
  group: 'inline',
  inline: true,
  atom: true,
  draggable: true,

  addAttributes() {
    return {
      file: {
        default: null,
        rendered: false,
        parseHTML: (it) => fileOfSource(it.getAttribute('src')),
      },
      upload: { default: null, rendered: false },
      name: { default: '', rendered: false, parseHTML: (it) => it.getAttribute('alt') ?? '' },
    }
  },
  // Pictures of other pages are not taken: opening the answer would ask their server.
  parseHTML: () => [
    { tag: 'img[src]', getAttrs: (it) => (fileOfSource(it.getAttribute('src')) ? null : false) },
  ],
  renderHTML({ node, HTMLAttributes }) {
    const { file, upload, name } = node.attrs
    const place = file ? { src: sourceOf(file) } : { 'data-upload': upload }
    return ['img', mergeAttributes(HTMLAttributes, place, { alt: name })]
  },
  renderText: ({ node }) => (node.attrs.file ? `[${node.attrs.name || 'image'}]` : ''),

  // The kit's own bridge to React would add four kilobytes for this one picture.
  addNodeView:
    () =>
    ({ node, editor, getPos }) => {
      const dom = document.createElement('span')
      let slot: Slot = { dom, editor, node, chosen: false, at: getPos }
      const change = (next: Partial<Slot>) => {
        slot = { ...slot, ...next }
        put(slot)
      }
      put(slot)
      return {
        dom,
        update: (next) => {
          if (next.type !== slot.node.type) return false
          change({ node: next })
          return true
        },
        selectNode: () => change({ chosen: true }),
        deselectNode: () => change({ chosen: false }),
        ignoreMutation: () => true,
        stopEvent: ({ target }) => target instanceof Element && target.closest('button') !== null,
        destroy: () => drop(dom),
      }
    },
})
