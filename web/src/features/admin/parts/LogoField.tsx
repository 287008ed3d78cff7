import { App, Button } from 'antd'
import { ImagePlus, X } from 'lucide-react'
import { useRef, useState } from 'react'
import { type Id, uploadFile } from '@/shared/api'
import { useTranslation } from '@/shared/i18n'
import { errorText, IconButton } from '@/shared/ui'
import styles from './parts.module.css'

interface Props {
  value?: Id | null
  onChange?: (id: Id | null) => void
  /** Of the logo that is saved. */
  url: string | null
}

export function LogoField({ value, onChange, url }: Props) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const picker = useRef<HTMLInputElement>(null)
  const [share, setShare] = useState<number | null>(null)
  const [fresh, setFresh] = useState<string | null>(null)
  const shown = value ? (fresh ?? url) : null

  async function take(file: File | undefined) {
    if (!file) return
    setShare(0)
    try {
      const saved = await uploadFile(file, setShare)
      setFresh(saved.url)
      onChange?.(saved.id)
    } catch (error) {
      message.error(errorText(t, error))
    } finally {
      setShare(null)
    }
  }

  return (
    <div className={styles.logo}>
      {shown && <img src={shown} alt={t('admin.brands.logo')} />}
      <Button
        icon={<ImagePlus size={15} />}
        loading={share !== null}
        onClick={() => picker.current?.click()}
      >
        {share === null ? t('admin.brands.upload') : `${Math.round(share * 100)}%`}
      </Button>
      {value && <IconButton icon={X} label={t('kit.remove')} onClick={() => onChange?.(null)} />}
      <input
        ref={picker}
        type="file"
        accept="image/png,image/jpeg,image/webp,image/svg+xml"
        style={{ display: 'none' }} // the kit's forms draw what is only `hidden`
        aria-label={t('admin.brands.logo')}
        onChange={(event) => {
          void take(event.target.files?.[0])
          event.target.value = ''
        }}
      />
    </div>
  )
}
