import { useEffect } from 'react';
import { useIsShown } from '../console-pages.tsx';

/** The tab's title, which a person with ten tabs reads first. */
export function useTitle(title: string): void {
  const shown = useIsShown();
  useEffect(() => {
    if (shown) document.title = title;
  }, [title, shown]);
}
