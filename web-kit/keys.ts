const typingSelector = 'input, textarea, select, [contenteditable="true"], [role="combobox"], [role="dialog"] *';

/** Whether a key pressed there belongs to what the person is typing (or to an open dialog), so that shortcuts keep out of it. */
export const isTyping = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest(typingSelector) !== null;
