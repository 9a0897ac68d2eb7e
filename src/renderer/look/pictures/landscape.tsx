/** The free place: a village with its mairie in the hills, in the commune's own colour; only the clouds move. */
import type { ReactNode } from 'react';

function House({
  x,
  y,
  width,
  height,
  roof,
}: Record<'x' | 'y' | 'width' | 'height', number> & { roof: string }) {
  const eaves = 8;
  return (
    <g transform={`translate(${x} ${y})`}>
      <rect x="0" y={-height} width={width} height={height + 30} fill="var(--paper)" />
      <path
        d={`M${-eaves} ${-height}L${width * 0.18} ${-height - width * 0.34}H${width * 0.82}L${width + eaves} ${-height}Z`}
        fill={roof}
      />
      <rect
        x={width * 0.18}
        y={-height * 0.72}
        width={width * 0.2}
        height={height * 0.3}
        rx="3"
        fill="var(--commune-soft)"
      />
      <rect
        x={width * 0.62}
        y={-height * 0.72}
        width={width * 0.2}
        height={height * 0.3}
        rx="3"
        fill="var(--commune-soft)"
      />
    </g>
  );
}

function Tree({ x, y, size }: { x: number; y: number; size: number }) {
  return (
    <g transform={`translate(${x} ${y}) scale(${size})`}>
      <rect x="-5" y="-40" width="10" height="60" rx="5" fill="#7a5a3e" />
      <ellipse cx="0" cy="-78" rx="34" ry="52" fill="var(--leaf)" />
      <ellipse cx="10" cy="-70" rx="22" ry="40" fill="rgb(40 60 30 / 12%)" />
    </g>
  );
}

const windows = [0, 1, 2, 3, 4];

function TownHall({ x, y }: { x: number; y: number }) {
  return (
    <g transform={`translate(${x} ${y})`}>
      <rect x="-150" y="-132" width="300" height="170" fill="var(--paper)" />
      <path d="M-166-132-128-190H128L166-132Z" fill="var(--commune-deep)" />
      <rect x="-56" y="-176" width="112" height="214" fill="#fff8ea" />
      <path d="M-68-176 0-226 68-176Z" fill="var(--commune-deep)" />
      <rect x="-17" y="-268" width="34" height="60" fill="#fff8ea" />
      <path d="M-24-266 0-302 24-266Z" fill="var(--commune-deep)" />
      <circle cx="0" cy="-190" r="17" fill="var(--sun)" />
      <path d="M0-200V-190l7 5" fill="none" stroke="var(--ink)" strokeWidth="3.4" strokeLinecap="round" />
      <path d="M-22 38V-34a22 22 0 0 1 44 0V38Z" fill="var(--clay)" />
      <rect x="-40" y="-128" width="80" height="32" rx="6" fill="var(--commune-soft)" />
      {windows.map((n) =>
        n === 2 ? null : (
          <g key={n} fill="var(--commune-soft)">
            <rect x={-136 + n * 60} y="-112" width="32" height="46" rx="4" />
            <rect x={-136 + n * 60} y="-38" width="32" height="46" rx="4" />
          </g>
        ),
      )}
    </g>
  );
}

/** px of the drawing around its middle, there and back in an hour. */
const DRIFT = { middle: 15, most: 75 };

/**
 * The clouds move on with the clock, once a minute: whatever moves all the time keeps an eighth of a core busy, all day,
 * on a machine without a graphics card.
 */
export function Landscape({ now }: { readonly now: Date }): ReactNode {
  const drift = DRIFT.middle + DRIFT.most * Math.sin((now.getMinutes() / 60) * 2 * Math.PI);
  return (
    <svg className="landscape" viewBox="0 0 1920 520" preserveAspectRatio="xMidYMax slice" aria-hidden="true">
      <g transform={`translate(${drift} 0)`} fill="var(--white)" opacity="0.85">
        <path d="M240 120c0-26 34-34 48-16 10-30 62-26 66 6 26-6 40 26 18 40H256c-18 0-24-18-16-30Z" />
        <path d="M1330 84c0-22 28-28 40-13 8-25 52-22 55 5 22-5 33 22 15 33h-96c-15 0-20-14-14-25Z" />
      </g>
      <path
        d="M0 250C220 150 420 170 640 236s420 40 640-40 440-40 640 40V520H0Z"
        fill="var(--commune-mist)"
      />
      <path d="M0 330C300 210 560 270 860 310s560-90 1060-20V520H0Z" fill="var(--commune-soft)" />
      <Tree x={770} y={330} size={0.8} />
      <Tree x={720} y={346} size={1} />
      <House x={800} y={352} width={120} height={74} roof="var(--clay)" />
      <House x={920} y={366} width={96} height={96} roof="#b9603f" />
      <g transform="translate(1200 378) scale(0.86)">
        <TownHall x={0} y={0} />
      </g>
      <House x={1392} y={370} width={130} height={78} roof="var(--clay)" />
      <House x={1534} y={366} width={92} height={96} roof="#b9603f" />
      <Tree x={1370} y={374} size={0.7} />
      <Tree x={1664} y={376} size={1.05} />
      <Tree x={1722} y={372} size={0.8} />
      <path d="M0 410C360 320 700 360 1060 390s600 10 860-30V520H0Z" fill="var(--commune)" />
      <path d="M0 480c420-60 820-40 1200-24s520 0 720-20v84H0Z" fill="var(--commune-deep)" />
    </svg>
  );
}
