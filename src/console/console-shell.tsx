/** What surrounds every page: who is logged in, and the banner of a cut. */
import { type MouseEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { Button } from 'react-aria-components';
import type { Me } from '#shared/protocol/views.ts';
import { CONTENT_ID } from './console-pages.tsx';
import type { LinkState } from './hub-link.ts';
import { words } from './words/words.ts';

interface Props {
  readonly me: Me;
  readonly linkState: LinkState;
  readonly onLogOut: () => void;
  /** The ways to the other pages. */
  readonly links: ReactNode;
  readonly children: ReactNode;
}

/** ms that "connection is back" stays. */
const BACK_SHOWN = 4_000;

export function ConsoleShell({ me, linkState, onLogOut, links, children }: Props) {
  return (
    <div className="shell">
      <a className="skip" href={`#${CONTENT_ID}`} onClick={skip}>
        {words.shell.skip}
      </a>
      <header className="shell-header">
        <p className="product">{words.product}</p>
        <p className="place" title={me.place}>
          {me.place}
        </p>
        {links}
        <p className="who">
          {me.name} <span className="muted">({words.shell.roles[me.role]})</span>
        </p>
        <Button className="button quiet small" onPress={onLogOut}>
          {words.shell.logOut}
        </Button>
      </header>
      <LinkBanner state={linkState} />
      <main id={CONTENT_ID} className="shell-main" tabIndex={-1}>
        {children}
      </main>
    </div>
  );
}

/** Without leaving the page: what stands behind "#" names it. */
function skip(event: MouseEvent): void {
  event.preventDefault();
  document.getElementById(CONTENT_ID)?.focus();
}

function LinkBanner({ state }: { readonly state: LinkState }) {
  const [back, setBack] = useState(false);
  const wasLost = useRef(false);
  useEffect(() => {
    if (state === 'lost') {
      wasLost.current = true;
      setBack(false);
    }
    if (state !== 'open' || !wasLost.current) return undefined;
    wasLost.current = false;
    setBack(true);
    const timer = setTimeout(() => setBack(false), BACK_SHOWN);
    return () => clearTimeout(timer);
  }, [state]);

  return (
    <div role="status" className="banner-place">
      {state === 'lost' && (
        <div className="banner lost">
          <span className="spinner" aria-hidden="true" />
          <strong>{words.shell.lost}</strong> <span>{words.shell.lostNote}</span>
        </div>
      )}
      {back && (
        <div className="banner back">
          <strong>{words.shell.back}</strong>
        </div>
      )}
    </div>
  );
}
