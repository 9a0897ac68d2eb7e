/** What the resident takes home, in large type: seen on paper only, where it is all there is. */
import { type ReactNode, useEffect, useState } from 'react';
import { createPortal } from 'react-dom';

export function ResidentPaper({ children }: { readonly children: ReactNode }) {
  return createPortal(
    // Hidden on the screen and from whoever hears it read: all of it is on the page.
    <article className="resident-paper" aria-hidden="true">
      {children}
    </article>,
    document.body,
  );
}

/** What is to be printed now, and how to ask for it: the print dialog opens once it is drawn, and it goes afterwards. */
export function usePrinting<T>(): readonly [T | null, (wanted: T) => void] {
  const [wanted, setWanted] = useState<T | null>(null);
  useEffect(() => {
    if (wanted === null) return undefined;
    const done = () => setWanted(null);
    window.addEventListener('afterprint', done);
    window.print();
    return () => window.removeEventListener('afterprint', done);
  }, [wanted]);
  return [wanted, setWanted];
}
