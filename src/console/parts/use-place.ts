/** Where an element stands in the window, for another that is laid exactly over it. */
import { useCallback, useState } from 'react';

export interface Place {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** @returns what to give the element as its `ref`, and its place in CSS pixels: null while it is not there. */
export function usePlace(): readonly [
  (element: HTMLElement | null) => (() => void) | undefined,
  Place | null,
] {
  const [place, setPlace] = useState<Place | null>(null);
  const ref = useCallback((element: HTMLElement | null) => {
    if (!element) return undefined;
    const measure = () => {
      const { left, top, width, height } = element.getBoundingClientRect();
      setPlace((before) =>
        before?.left === left && before.top === top && before.width === width && before.height === height
          ? before
          : { left, top, width, height },
      );
    };
    const sizes = new ResizeObserver(measure);
    // What moves it without changing its size changes the page's.
    for (let each: Element | null = element; each; each = each.parentElement) sizes.observe(each);
    addEventListener('scroll', measure, { capture: true, passive: true });
    addEventListener('resize', measure);
    measure();
    return () => {
      sizes.disconnect();
      removeEventListener('scroll', measure, { capture: true });
      removeEventListener('resize', measure);
      setPlace(null);
    };
  }, []);
  return [ref, place];
}
