import { mergeAttributes, Node } from '@tiptap/core'
import { ReactNodeViewRenderer } from '@tiptap/react'
import { fileOfSource, sourceOf } from '../pictures'
import { PictureView } from './PictureView'

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
  addNodeView: () => ReactNodeViewRenderer(PictureView, { as: 'span' }),
})
