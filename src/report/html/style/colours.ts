import { MAX_LINES } from '../chart/frame.ts';

/*
 * The apps’ colours are after those of Okabe and Ito, told apart with every common kind of colour blindness
 * (https://jfly.uni-koeln.de/color/), darker or lighter where the background asks for contrast.
 */
export const light = `
--page:#f7f6f3;--card:#fff;--ink:#1b1d22;--soft:#5a5f69;--rule:#e7e5df;--grid:#eeece7;--hover:rgba(27,29,34,.05);--shadow:0 6px 24px rgba(27,29,34,.14);
--good:#00694d;--bad:#b03a00;--exact:#4fb597;--exact-soft:#d8f0e6;--bound:#0072b2;--bound-soft:#e3eff7;--red:#d55e00;--red-soft:#fbe4d5;--gap:rgba(213,94,0,.09);--zone:rgba(0,114,178,.035);--hatch:rgba(0,114,178,.16);
--app-1:#0072b2;--app-2:#c24f00;--app-3:#007d59;--app-4:#a8487f;--app-5:#946600;--app-6:#5f55c4;--app-7:#5a5f69;`;

export const dark = `
--page:#131519;--card:#1b1e24;--ink:#eceae4;--soft:#a6abb6;--rule:#2d3138;--grid:#282c33;--hover:rgba(236,234,228,.06);--shadow:0 6px 24px rgba(0,0,0,.5);
--good:#4fd1a5;--bad:#ff9a5c;--exact:#2c8f71;--exact-soft:#173d31;--bound:#56b4e9;--bound-soft:#1b2f3d;--red:#ff8a47;--red-soft:#43281a;--gap:rgba(255,138,71,.13);--zone:rgba(86,180,233,.05);--hatch:rgba(86,180,233,.2);
--app-1:#56b4e9;--app-2:#ff8a47;--app-3:#1bb489;--app-4:#e08dbb;--app-5:#e69f00;--app-6:#aaa3ff;--app-7:#a6abb6;`;

/** Dashes tell the lines apart on paper and wherever a reader asks for more contrast. */
const dashes = ['none', '10 4', '2 4', '12 4 2 4', '6 3', '16 5', '3 6'];

const numbers = Array.from({ length: MAX_LINES }, (_, index) => index + 1);

/** Each app's colour, for whatever belongs to it. */
export const appColours = numbers.map((app) => `.daytally .app-${app}{--app:var(--app-${app})}`).join('\n');

export const appDashes = numbers
  .map((app) => `.daytally .app-${app} .line{stroke-dasharray:${dashes[app - 1] ?? 'none'}}`)
  .join('\n');
