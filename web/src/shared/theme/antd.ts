import { type ThemeConfig, theme } from 'antd'
import { type Mode, palettes } from './palette'

const fontFamily =
  "-apple-system, BlinkMacSystemFont, 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', 'Noto Sans SC', sans-serif"

/** Our palette as tokens of the kit. Colours of the presets stay untouched: StatusTag has its own pairs. */
export function antdTheme(mode: Mode): ThemeConfig {
  const p = palettes[mode]
  return {
    algorithm: mode === 'dark' ? theme.darkAlgorithm : theme.defaultAlgorithm,
    token: {
      fontFamily,
      fontSize: 13,
      controlHeight: 30,
      controlHeightSM: 26,
      borderRadius: 7,
      borderRadiusSM: 5,
      borderRadiusLG: 10,
      wireframe: false,
      motionDurationMid: '0.12s',
      motionDurationSlow: '0.16s',
      colorPrimary: p.brand,
      colorPrimaryHover: p.brandHover,
      colorLink: p.link,
      colorLinkHover: p.link,
      colorError: p.danger,
      colorErrorBg: p.dangerSoft,
      colorWarning: p.warn,
      colorWarningBg: p.warnSoft,
      colorSuccess: p.ok,
      colorSuccessBg: p.okSoft,
      colorInfo: p.info,
      colorInfoBg: p.infoSoft,
      colorText: p.text,
      colorTextSecondary: p.textSoft,
      colorTextTertiary: p.textFaint,
      colorTextDescription: p.textFaint,
      colorTextPlaceholder: p.textFaint,
      colorTextQuaternary: p.textFaint,
      colorTextLightSolid: p.onBrand,
      colorBgBase: p.panel,
      colorBgLayout: p.ground,
      colorBgContainer: p.panel,
      colorBgElevated: p.raised,
      colorBorder: p.lineStrong,
      colorBorderSecondary: p.line,
      colorSplit: p.line,
      controlItemBgHover: p.hover,
      controlItemBgActive: p.selected,
      controlItemBgActiveHover: p.selected,
      boxShadowSecondary: p.shadow,
    },
    components: {
      Button: {
        fontWeight: 500,
        primaryShadow: 'none',
        defaultShadow: 'none',
        dangerShadow: 'none',
      },
      Tooltip: { colorBgSpotlight: '#1f2a27' },
      Table: { headerBg: p.panelSoft, headerColor: p.textSoft, cellPaddingBlock: 9 },
      Tabs: { itemColor: p.textSoft, itemSelectedColor: p.text, itemHoverColor: p.text },
      Menu: { itemSelectedBg: p.selected, itemSelectedColor: p.text, itemBg: 'transparent' },
      Modal: { titleFontSize: 15 },
    },
  }
}
