/**
 * What the counsellor writes, over the page's picture or a part of it. Drawn on a canvas, as part of the picture: who
 * cannot read it there reads it in the card beside the sheet.
 */
import { type CSSProperties, type ReactNode, useEffect, useRef, useState } from 'react';
import type { DeskLive, DeskPlace } from '#shared/desk-live.ts';
import { drawMarks } from './draw-marks.ts';

interface InkProps {
  readonly live: Pick<DeskLive, 'marks' | 'focus' | 'pointer' | 'signHere'>;
  readonly page: number;
  /** The part of the page that is shown. */
  readonly region: DeskPlace;
}

export function LiveInk({ live, page, region }: InkProps): ReactNode {
  const canvas = useRef<HTMLCanvasElement>(null);
  const size = useSize(canvas);
  const { x, y, width, height } = region;

  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!canvas.current || !context || !size) return;
    canvas.current.width = Math.round(size.width * devicePixelRatio);
    canvas.current.height = Math.round(size.height * devicePixelRatio);
    context.scale(devicePixelRatio, devicePixelRatio);
    const here = live.marks.filter((mark) => mark.page === page);
    drawMarks(context, here, { x, y, width, height }, size.width, size.height);
  }, [live.marks, page, x, y, width, height, size]);

  const focus = live.focus === null ? undefined : live.marks[live.focus];
  return (
    <div className="ink" aria-hidden="true">
      <canvas ref={canvas} />
      {live.signHere?.page === page && <Pen style={placeIn(region, live.signHere.place)} />}
      {focus?.page === page && <div className="ink-focus" style={placeIn(region, focus.place)} />}
      {live.pointer?.page === page && (
        <div className="ink-pointer" style={placeIn(region, { ...live.pointer, width: 0, height: 0 })} />
      )}
    </div>
  );
}

/** Where the resident will sign: a frame and a pen. */
function Pen({ style }: { readonly style: CSSProperties }): ReactNode {
  return (
    <div className="ink-sign" style={style}>
      <svg viewBox="0 0 120 120" aria-hidden="true">
        <path d="M14 106 30 66 88 8l24 24-58 58Z" fill="var(--white)" />
        <path d="m22 98 13-28 15 15Z" fill="var(--ink)" />
        <path d="M35 70 88 17l15 15-53 53Z" fill="var(--commune)" />
      </svg>
    </div>
  );
}

function placeIn(region: DeskPlace, { x, y, width, height }: DeskPlace): CSSProperties {
  const percent = (part: number) => `${part * 100}%`;
  return {
    left: percent((x - region.x) / region.width),
    top: percent((y - region.y) / region.height),
    width: percent(width / region.width),
    height: percent(height / region.height),
  };
}

function useSize(element: { readonly current: HTMLElement | null }) {
  const [size, setSize] = useState<{ readonly width: number; readonly height: number } | null>(null);
  useEffect(() => {
    if (!element.current) return;
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setSize({ width: entry.contentRect.width, height: entry.contentRect.height });
    });
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [element]);
  return size;
}
