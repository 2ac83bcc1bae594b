import { type ReactElement, type ReactNode, useLayoutEffect, useRef } from 'react';

const NamedMenu = ({ label, children }: { label: string; children: ReactNode }) => {
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => box.current?.querySelector('[role="listbox"]')?.setAttribute('aria-label', label));
  return <div ref={box}>{children}</div>;
};

/** For `popupRender` of a Select: gives its list of choices a name, which antd leaves out and screen readers need. */
export const namedMenu = (label: string) => (menu: ReactElement) => <NamedMenu label={label}>{menu}</NamedMenu>;
