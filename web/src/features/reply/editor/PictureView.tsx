import { type NodeViewProps, NodeViewWrapper } from '@tiptap/react'
import { RotateCw, X } from 'lucide-react'
import { useContext, useEffect } from 'react'
import { useTranslation } from '@/shared/i18n'
import { IconButton } from '@/shared/ui'
import { addressOf } from '../pictures'
import { PicturesContext } from '../usePictures'
import styles from './Editor.module.css'

/** A picture as the writer sees it: there at once, with how far it has got, or why it has not. */
export function PictureView({ node, editor, getPos, deleteNode, selected }: NodeViewProps) {
  const { t } = useTranslation()
  const { pictures, retry } = useContext(PicturesContext)
  const { file, upload, name } = node.attrs as Record<string, string | null>
  const picture = upload ? pictures.get(upload) : undefined
  const arrived = picture?.file ?? null

  useEffect(() => {
    if (!arrived || file) return
    const at = getPos()
    if (at === undefined) return
    // Not a step of the writer's: undoing must not take the file away again.
    const change = editor.state.tr.setNodeAttribute(at, 'file', arrived)
    editor.view.dispatch(change.setMeta('addToHistory', false))
  }, [arrived, file, editor, getPos])

  const source = picture?.preview ?? (file ? addressOf(file) : undefined)
  const state = file ? 'done' : (picture?.state ?? 'failed')
  return (
    <NodeViewWrapper as="span" className={styles.picture} data-state={state} data-chosen={selected}>
      <img src={source} alt={name ?? ''} draggable="true" data-drag-handle />
      {state === 'uploading' && (
        <progress
          value={picture?.share ?? 0}
          aria-label={t('reply.uploading', { name: name ?? '' })}
        />
      )}
      {state === 'failed' && (
        <span className={styles.pictureFailed} role="alert" title={picture?.reason}>
          {t('reply.pictureFailed')}
          {upload && picture && (
            <button type="button" onClick={() => retry(upload)}>
              <RotateCw size={12} aria-hidden="true" /> {t('common.retry')}
            </button>
          )}
        </span>
      )}
      <span className={styles.pictureRemove}>
        <IconButton
          icon={X}
          size="small"
          label={t('reply.remove', { name: name ?? '' })}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => {
            deleteNode()
            editor.commands.focus()
          }}
        />
      </span>
    </NodeViewWrapper>
  )
}
