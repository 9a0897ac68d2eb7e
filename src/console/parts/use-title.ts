import { useEffect } from 'react';

/** The tab's title, which a person with ten tabs reads first. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = title;
  }, [title]);
}
