import { useEffect } from 'react';

/** Names the page in the browser's tab, so that several open cases can be told apart. */
export const usePageTitle = (title: string): void => {
  useEffect(() => {
    document.title = `${title} - 沪商监管`;
  }, [title]);
};
