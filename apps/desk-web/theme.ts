import type { ThemeConfig } from 'antd';
import { palette } from '#web-kit/palette.ts';

const font = '"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif';

/** antd in our colours and density. Secondary, placeholder and link texts are darker than antd's own, so that they can be read. */
export const theme: ThemeConfig = {
  cssVar: { key: 'desk' },
  hashed: true,
  token: {
    fontFamily: font,
    fontSize: 14,
    borderRadius: 4,
    borderRadiusLG: 4,
    borderRadiusSM: 3,
    controlHeight: 32,
    colorPrimary: palette.primary,
    colorInfo: palette.primary,
    colorLink: palette.primary,
    colorLinkHover: palette.primaryDeep,
    colorError: palette.danger,
    colorWarning: palette.returned,
    colorSuccess: palette.done,
    // antd would make grounds of dark colours grey.
    colorInfoBg: palette.primaryTint,
    colorErrorBg: palette.dangerTint,
    colorWarningBg: palette.returnedTint,
    colorSuccessBg: palette.doneTint,
    colorText: palette.text,
    colorTextSecondary: palette.textSecond,
    colorTextTertiary: palette.textSecond,
    colorTextDescription: palette.textSecond,
    colorTextPlaceholder: '#667182',
    colorTextDisabled: '#667182',
    colorBorder: palette.lineStrong,
    colorBorderSecondary: palette.line,
    colorBgLayout: palette.ground,
    // Whoever wants nothing to move gets popups where they belong at once: shortened to nothing, antd's own motion leaves them where it began.
    motion: !matchMedia('(prefers-reduced-motion: reduce)').matches,
    motionDurationMid: '0.12s',
    motionDurationSlow: '0.16s',
  },
  components: {
    Button: { primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none' },
    Form: { itemMarginBottom: 16, verticalLabelPadding: '0 0 4px' },
    Tabs: { horizontalItemPadding: '8px 0' },
    Modal: { titleFontSize: 16 },
  },
};
