import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ColorPicker, Form, Input, Select } from 'antd'
import { type Brand, brandsQuery, keep } from '@/shared/api/admin'
import { categoriesQuery } from '@/shared/api/knowledge'
import { changePortal, type Portal, portalsQuery } from '@/shared/api/portals'
import { languages } from '@/shared/article'
import { useLocale, useTranslation } from '@/shared/i18n'
import { FormPanel, SwitchField, Two } from '@/shared/page'
import { ConfirmBar } from '@/shared/ui'
import { LogoField } from '../parts/LogoField'
import { SsoFields } from './SsoFields'
import { Wording } from './Wording'

interface Fields {
  active: boolean
  slug: string
  color: string
  logo_file_id: string | null
  locales: string[]
  titles: Record<string, string>
  intros: Record<string, string>
  categories: string[]
  new_tickets: boolean
  sso_url: string
}

const brands = keep('brands')
const said = (texts: Record<string, string> | undefined, locales: string[]) =>
  Object.fromEntries(
    Object.entries(texts ?? {}).filter(
      ([locale, text]) => locales.includes(locale) && text?.trim(),
    ),
  )

interface Props {
  portal: Portal
  brand: Brand
  close: () => void
}

/** One brand's help pages. Colour and logo are the brand's, here as in its mails. */
export function PortalPanel({ portal, brand, close }: Props) {
  const { t } = useTranslation()
  const [form] = Form.useForm<Fields>()
  const initial: Fields = {
    ...portal,
    categories: portal.categories ?? [],
    color: brand.color,
    logo_file_id: brand.logo_file_id,
  }
  async function submit({ color, logo_file_id, categories, ...rest }: Fields) {
    await changePortal(portal.brand_id, {
      ...rest,
      sso_url: rest.sso_url.trim(),
      titles: said(rest.titles, rest.locales),
      intros: said(rest.intros, rest.locales),
      categories: categories.length > 0 ? categories : null,
    })
    if (color !== brand.color || logo_file_id !== brand.logo_file_id) {
      await brands.change(brand.id, { color, logo_file_id })
    }
  }
  return (
    <FormPanel
      title={brand.name}
      form={form}
      initial={initial}
      submit={submit}
      keys={[portalsQuery.queryKey, brandsQuery.queryKey]}
      close={close}
      width={620}
    >
      {!portal.can_mail && (
        <ConfirmBar title={t('portal.noMail')}>
          <Link to="/admin/channels">{t('portal.addMail')}</Link>
        </ConfirmBar>
      )}
      <Form.Item name="active" valuePropName="checked">
        <SwitchField label={t('portal.active')} hint={t('portal.activeHint')} />
      </Form.Item>
      <Form.Item
        name="slug"
        label={t('portal.slug')}
        extra={t('portal.slugHint')}
        rules={[
          { pattern: /^[a-z0-9]([a-z0-9-]{0,48}[a-z0-9])?$/, message: t('portal.slugWrong') },
          { required: true, message: t('common.required') },
        ]}
      >
        <Input prefix="/help/" autoComplete="off" />
      </Form.Item>
      <Two>
        <Form.Item
          name="color"
          label={t('admin.brands.color')}
          getValueFromEvent={(color) => color.toHexString().slice(0, 7)}
        >
          <ColorPicker showText disabledAlpha format="hex" />
        </Form.Item>
        <Form.Item name="logo_file_id" label={t('admin.brands.logo')}>
          <LogoField url={brand.logo_url} />
        </Form.Item>
      </Two>
      <Form.Item
        name="locales"
        label={t('portal.languages')}
        extra={t('portal.languagesHint')}
        rules={[{ required: true, type: 'array', min: 1, message: t('common.required') }]}
      >
        <Select mode="multiple" options={languages} maxCount={10} />
      </Form.Item>
      <Wording brand={brand.name} />
      <Shown />
      <Form.Item name="new_tickets" valuePropName="checked">
        <SwitchField label={t('portal.newTickets')} hint={t('portal.newTicketsHint')} />
      </Form.Item>
      <SsoFields portal={portal} brand={brand.name} />
    </FormPanel>
  )
}

/** Which categories the pages show. */
function Shown() {
  const { t } = useTranslation()
  const locale = useLocale()
  const { data = [] } = useQuery(categoriesQuery)
  const nameOf = (names: Record<string, string>) => names[locale] ?? Object.values(names)[0] ?? ''
  return (
    <Form.Item name="categories" label={t('portal.categories')} extra={t('portal.categoriesHint')}>
      <Select
        mode="multiple"
        placeholder={t('portal.allCategories')}
        options={data.map(({ id, names }) => ({ value: id, label: nameOf(names) }))}
        showSearch={{ optionFilterProp: 'label' }}
      />
    </Form.Item>
  )
}
