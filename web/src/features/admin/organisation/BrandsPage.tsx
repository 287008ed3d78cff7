import { useQuery } from '@tanstack/react-query'
import { Button, ColorPicker, Form, Input, Select } from 'antd'
import { Palette, Plus } from 'lucide-react'
import { useState } from 'react'
import { type Brand, brandsQuery, keep } from '@/shared/api/admin'
import { useTranslation } from '@/shared/i18n'
import {
  FormPanel,
  Guard,
  Page,
  QueryView,
  RequiredText,
  RowButton,
  Table,
  Two,
  WithIcon,
} from '@/shared/page'
import { Empty } from '@/shared/ui'
import { LogoField } from '../parts/LogoField'
import styles from '../parts/parts.module.css'

const brands = keep('brands')

export function BrandsPage() {
  const { t } = useTranslation()
  const query = useQuery(brandsQuery)
  const [edited, setEdited] = useState<Brand | 'new' | null>(null)
  const add = (
    <Button type="primary" icon={<Plus size={15} />} onClick={() => setEdited('new')}>
      {t('admin.brands.add')}
    </Button>
  )
  return (
    <Guard permission="brand:manage">
      <Page title={t('admin.sections.brands')} lead={t('admin.brands.lead')} actions={add}>
        <QueryView
          query={query}
          empty={
            <Empty icon={Palette} title={t('admin.brands.empty')} hint={t('admin.brands.lead')}>
              {add}
            </Empty>
          }
        >
          {(items) => (
            <Table
              label={t('admin.sections.brands')}
              rows={items}
              keyOf={(brand) => brand.id}
              opens
              columns={[
                {
                  key: 'name',
                  title: t('kit.name'),
                  cell: (brand) => (
                    <WithIcon
                      icon={<BrandMark brand={brand} />}
                      name={<RowButton onClick={() => setEdited(brand)}>{brand.name}</RowButton>}
                    />
                  ),
                },
                {
                  key: 'sender',
                  title: t('admin.brands.sender'),
                  cell: (brand) => brand.sender_name || brand.name,
                },
                {
                  key: 'locale',
                  title: t('kit.locale'),
                  width: 140,
                  cell: (brand) => t(`kit.language.${brand.locale as 'en'}`),
                },
              ]}
            />
          )}
        </QueryView>
        {edited && (
          <BrandPanel
            brand={edited === 'new' ? null : edited}
            only={query.data?.length === 1}
            close={() => setEdited(null)}
          />
        )}
      </Page>
    </Guard>
  )
}

export function BrandMark({ brand }: { brand: Pick<Brand, 'name' | 'color' | 'logo_url'> }) {
  return (
    <span className={styles.mark} style={{ background: brand.color }} aria-hidden="true">
      {brand.logo_url ? <img src={brand.logo_url} alt="" /> : [...brand.name][0]}
    </span>
  )
}

type Fields = Omit<Brand, 'id' | 'logo_url'>

function BrandPanel({
  brand,
  only,
  close,
}: {
  brand: Brand | null
  only: boolean
  close: () => void
}) {
  const { t } = useTranslation()
  const [form] = Form.useForm<Fields>()
  return (
    <FormPanel
      title={brand ? brand.name : t('admin.brands.add')}
      form={form}
      initial={
        brand ?? {
          color: '#0b6b5d',
          locale: 'zh-CN',
          sender_name: '',
          signature: '',
          logo_file_id: null,
        }
      }
      submit={(values) => brands.save(brand?.id ?? null, values)}
      keys={[brandsQuery.queryKey]}
      close={close}
      removal={
        brand && {
          title: t('admin.brands.removeTitle', { name: brand.name }),
          hint: t('admin.brands.removeHint'),
          disabled: only,
          run: () => brands.remove(brand.id),
        }
      }
    >
      <RequiredText name="name" label={t('kit.name')} autoFocus={!brand} maxLength={120} />
      <Two>
        <Form.Item
          name="color"
          label={t('admin.brands.color')}
          extra={t('admin.brands.colorHint')}
          getValueFromEvent={(color) => color.toHexString().slice(0, 7)}
        >
          <ColorPicker showText disabledAlpha format="hex" />
        </Form.Item>
        <Form.Item name="logo_file_id" label={t('admin.brands.logo')}>
          <LogoField url={brand?.logo_url ?? null} />
        </Form.Item>
      </Two>
      <Form.Item name="locale" label={t('admin.brands.locale')}>
        <Select
          options={(['zh-CN', 'en'] as const).map((value) => ({
            value,
            label: t(`kit.language.${value}`),
          }))}
        />
      </Form.Item>
      <Form.Item
        name="sender_name"
        label={t('admin.brands.sender')}
        extra={t('admin.brands.senderHint')}
      >
        <Input maxLength={120} />
      </Form.Item>
      <Form.Item
        name="signature"
        label={t('admin.brands.signature')}
        extra={t('admin.brands.signatureHint')}
      >
        <Input.TextArea autoSize={{ minRows: 3, maxRows: 10 }} maxLength={10000} />
      </Form.Item>
    </FormPanel>
  )
}
