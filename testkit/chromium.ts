/** The browser of the browser stories: Debian's own, or the one `CHROMIUM_PATH` names. */
export const chromiumPath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';

/** Flags under which it runs without a display, as root, and without calling home. */
export const chromiumFlags: readonly string[] = Object.freeze([
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]);

/** Switched off by Playwright itself. Of several such flags Chromium obeys the last alone, so that whoever adds to them says these again. */
const offByPlaywright: readonly string[] = [
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsUpgrades',
  'HttpsFirstBalancedModeAutoEnable',
  'LensOverlay',
  'MediaRouter',
  'PaintHolding',
  'ThirdPartyStoragePartitioning',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'TcpPortRandomizationWin',
  'OptimizationHints',
  'NetworkTimeServiceQuerying',
  'AimEnabled',
  'PreconnectToSearch',
];

/** The suggestions under the address bar: two pages of the browser's own in every window, a third of what opening a page of ours costs, and nobody sees them. */
const offBesides: readonly string[] = ['WebUIOmniboxPopup', 'WebUIOmniboxAimPopup'];

/** The same for whoever opens window after window by Playwright. No page lives long enough to earn back what optimising its scripts costs. */
export const manyWindows: readonly string[] = Object.freeze([
  ...chromiumFlags,
  '--js-flags=--no-turbofan --no-maglev',
  `--disable-features=${[...offByPlaywright, ...offBesides].join(',')}`,
]);
