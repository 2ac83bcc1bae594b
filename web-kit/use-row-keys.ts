import { type RefObject, useEffect } from 'react';
import { isTyping } from './keys.ts';

/** Which row the keys lead to: one up or down, from nowhere to the first or last, never past an end. */
export const rowAfter = (key: 'ArrowUp' | 'ArrowDown', current: number, count: number): number => {
  if (count === 0) return -1;
  if (current < 0) return key === 'ArrowDown' ? 0 : count - 1;
  return Math.min(count - 1, Math.max(0, current + (key === 'ArrowDown' ? 1 : -1)));
};

/** ↑ and ↓ move among the rows' links anywhere on the page but in a field; Enter is the link's own. */
export const useRowKeys = (box: RefObject<HTMLElement | null>): void => {
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      const { key, target } = event;
      if (
        (key !== 'ArrowDown' && key !== 'ArrowUp') ||
        event.altKey ||
        event.ctrlKey ||
        event.metaKey ||
        event.shiftKey
      )
        return;
      if (isTyping(target) || (target instanceof Element && target.closest('[role="menu"], [role="tablist"]'))) return;
      const links = [...(box.current?.querySelectorAll<HTMLAnchorElement>('[data-row-link]') ?? [])];
      const current = links.findIndex((one) => one.isSameNode(document.activeElement));
      const next = links[rowAfter(key, current, links.length)];
      if (!next) return;
      event.preventDefault();
      next.focus();
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, [box]);
};
