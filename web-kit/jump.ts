/** The id of the element that a problem's path (`papers.vin`, `photo:engine`, `check:agent-identity`) points at. */
export const anchorOf = (path: string): string => `at-${path}`;

/** Ids to look for, nearest first: a path into a list falls back to the list, a field to its section. */
export const anchorsOf = (path: string): readonly string[] => {
  if (path === '') return [];
  const steps = path.split('.');
  return steps.map((_, index) => anchorOf(steps.slice(0, steps.length - index).join('.')));
};

// A file input is hidden behind its button and takes no cursor.
const focusable = 'input:not([hidden]), textarea, select, button, [tabindex="0"], a[href]';

const light = (element: HTMLElement): void => {
  element.setAttribute('data-jumped', 'true');
  setTimeout(() => element.removeAttribute('data-jumped'), 1_800);
};

/** Brings the place a path points at into sight, lights it up and puts the cursor there. False when it is not on the page. */
export const jumpTo = (path: string): boolean => {
  const element = anchorsOf(path)
    .map((id) => document.getElementById(id))
    .find((found) => found !== null);
  if (!element) return false;
  element.scrollIntoView({ block: 'center', behavior: 'smooth' });
  const target = element.matches(focusable) ? element : element.querySelector<HTMLElement>(focusable);
  (target ?? element).focus({ preventScroll: true });
  light(element);
  return true;
};
