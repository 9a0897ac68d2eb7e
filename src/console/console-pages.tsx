/**
 * The pages of one role, one shown at a time by the address behind "#". The first one, where visits are, stays alive while
 * another is read: a call goes on.
 */
import { createContext, type ReactNode, useContext, useEffect, useRef } from 'react';
import { useHashLocation } from 'wouter/use-hash-location';
import { words } from './words/words.ts';

export interface ConsolePage {
  /** Without slashes. What follows it in the address is the page's own. */
  readonly path: string;
  readonly name: string;
  readonly content: ReactNode;
}

/** The first is where everyone begins, and where an address that is none leads. */
export type ConsolePageList = readonly [ConsolePage, ...ConsolePage[]];

const Shown = createContext(true);

/** False while another page of the console lies before this one. */
export function useIsShown(): boolean {
  return useContext(Shown);
}

/** What follows the page's path in the address, and the way to another. */
export function usePageAddress(path: string): readonly [string, (rest: string) => void] {
  const [location, navigate] = useHashLocation();
  const [first, ...rest] = partsOf(location);
  return [
    first === path ? rest.join('/') : '',
    (wanted) => navigate(wanted === '' ? `/${path}` : `/${path}/${wanted}`),
  ];
}

export function useShownPage(pages: ConsolePageList): ConsolePage {
  const [location] = useHashLocation();
  return pages.find(({ path }) => path === partsOf(location)[0]) ?? pages[0];
}

/** Nothing where there is only one page. */
export function PageLinks({
  pages,
  shown,
}: {
  readonly pages: ConsolePageList;
  readonly shown: ConsolePage;
}) {
  if (pages.length < 2) return null;
  return (
    <nav className="page-links" aria-label={words.shell.pages}>
      <ul>
        {pages.map(({ path, name }) => (
          <li key={path}>
            <a href={`#/${path}`} aria-current={path === shown.path ? 'page' : undefined}>
              {name}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

export function ShownPage({
  pages,
  shown,
}: {
  readonly pages: ConsolePageList;
  readonly shown: ConsolePage;
}) {
  const [first] = pages;
  const isFirst = shown.path === first.path;
  useFocusOnChange(shown.path);
  return (
    <>
      <div className="page" hidden={!isFirst}>
        <Shown value={isFirst}>{first.content}</Shown>
      </div>
      {!isFirst && (
        <div className="page" key={shown.path}>
          {shown.content}
        </div>
      )}
    </>
  );
}

/** Who changed the page by keyboard or hears it read goes on at its beginning. */
function useFocusOnChange(path: string): void {
  const before = useRef(path);
  useEffect(() => {
    if (before.current === path) return;
    before.current = path;
    window.scrollTo(0, 0);
    document.getElementById(CONTENT_ID)?.focus({ preventScroll: true });
  }, [path]);
}

/** Of the element that holds the page. */
export const CONTENT_ID = 'content';

function partsOf(location: string): string[] {
  return location.split('/').filter(Boolean);
}
