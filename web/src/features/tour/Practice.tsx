import { Modal } from 'antd'
import { useTranslation } from '@/shared/i18n'
import { PracticeList } from './PracticeList'

/** Exercises, over whatever screen one is at. */
export function Practice({ close }: { close: () => void }) {
  const { t } = useTranslation()
  return (
    <Modal open title={t('practice.title')} onCancel={close} footer={null} width={600}>
      <PracticeList opened={close} />
    </Modal>
  )
}
