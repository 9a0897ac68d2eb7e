/** What stands for the screens of a machine that boots: the X driver without a graphics card, and both of its displays. */
import { DUMMY_DISPLAYS } from '../rig/displays.ts';

const SECOND_DISPLAY = '/usr/local/bin/second-display';

/** Files of the test's own, which no package brings: they are removed before one looks what a package left. */
export const TWO_DISPLAYS: Readonly<Record<string, { readonly text: string; readonly mode: number }>> = {
  '/etc/X11/xorg.conf.d/90-dummy.conf': { text: DUMMY_DISPLAYS, mode: 0o644 },
  // A seat that has no graphics card is one all the same. Programs look for an X server among the machine's own first,
  // which shares its network: a number that none of those has.
  '/etc/lightdm/lightdm.conf.d/90-test.conf': {
    text: `[LightDM]\nlogind-check-graphical=false\nminimum-display-number=50\n[Seat:*]\ndisplay-setup-script=${SECOND_DISPLAY}\n`,
    mode: 0o644,
  },
  // The driver's second output is not plugged in, and can be used all the same.
  [SECOND_DISPLAY]: {
    text: '#!/bin/sh\nxrandr --addmode DUMMY1 1920x1080\nxrandr --output DUMMY1 --mode 1920x1080 --right-of DUMMY0\nxrandr --query\n',
    mode: 0o755,
  },
};
