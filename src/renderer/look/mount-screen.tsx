/** Starts a screen's page: the view from main, the commune's colour, and main told when the first frame is there. */
import { type ReactNode, useEffect, useLayoutEffect } from 'react';
import { createRoot } from 'react-dom/client';
import type { ScreenClient, ScreenView } from '#shared/ipc.ts';
import { CalmBoundary } from './calm-boundary.tsx';
import { useView, type ViewSource, viewSource } from './view-source.ts';
import { Waking } from './waking.tsx';

export type ScreenComponent = (props: { readonly view: ScreenView }) => ReactNode;

export function mountScreen(client: ScreenClient, Screen: ScreenComponent): void {
  const root = document.getElementById('screen');
  if (!root) throw new Error('The page has no element with the id "screen".');
  const source = viewSource(client);
  createRoot(root).render(
    <CalmBoundary reload={() => window.location.reload()}>
      <Current source={source} painted={client.painted} Screen={Screen} />
    </CalmBoundary>,
  );
}

interface CurrentProps {
  readonly source: ViewSource;
  readonly painted: () => void;
  readonly Screen: ScreenComponent;
}

function Current({ source, painted, Screen }: CurrentProps): ReactNode {
  const view = useView(source);
  const colour = view?.commune.colour;
  useLayoutEffect(() => {
    if (colour) document.documentElement.style.setProperty('--commune', colour);
  }, [colour]);

  const there = view !== null;
  useEffect(() => {
    if (!there) return;
    // The callback of the second frame runs once the first one is on the glass.
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(painted);
    });
    return () => cancelAnimationFrame(frame);
  }, [there, painted]);

  return view ? <Screen view={view} /> : <Waking />;
}
