/** After how long without a touch a page counts as left: shorter than the pause between two refreshes of the to-do count. */
const leftAfterMs = 50_000;

let touched = performance.now();

const touch = (): void => {
  touched = performance.now();
};

for (const event of ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'] as const) {
  window.addEventListener(event, touch, { capture: true, passive: true });
}

/** Whether nobody has touched this page for a while: what it then asks by itself must not keep the session alive. Source: domain 10.3 (idle sessions end). */
export const isUnattended = (): boolean => performance.now() - touched > leftAfterMs;
