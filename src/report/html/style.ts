/*
 * Colours by Okabe and Ito, told apart with every common kind of colour blindness (https://jfly.uni-koeln.de/color/);
 * darker or lighter where the background asks for contrast, and each line has a dash pattern of its own too.
 */
const light = `
--page:#f6f5f2;--card:#fff;--ink:#1d1f24;--soft:#5b606b;--rule:#e4e2dc;--grid:#ecebe6;--hover:rgba(29,31,36,.07);
--good:#00694d;--bad:#b03a00;--exact:#009e73;--exact-soft:#d8f0e6;--bound:#0072b2;--bound-soft:#dcebf5;--red:#d55e00;--red-soft:#fbe4d5;--gap:rgba(213,94,0,.10);--hatch:rgba(0,114,178,.30);
--app-1:#0072b2;--app-2:#d55e00;--app-3:#009e73;--app-4:#b2568a;--app-5:#a87400;--app-6:#3a9bd6;--app-7:#5b606b;`;

const dark = `
--page:#14161a;--card:#1c1f25;--ink:#eceae4;--soft:#a6abb6;--rule:#2f333b;--grid:#292d34;--hover:rgba(236,234,228,.09);
--good:#4fd1a5;--bad:#ff9a5c;--exact:#1bb489;--exact-soft:#173d31;--bound:#56b4e9;--bound-soft:#1d3342;--red:#ff8a47;--red-soft:#43281a;--gap:rgba(255,138,71,.13);--hatch:rgba(86,180,233,.34);
--app-1:#56b4e9;--app-2:#ff8a47;--app-3:#1bb489;--app-4:#e08dbb;--app-5:#e69f00;--app-6:#9fd3f5;--app-7:#a6abb6;`;

const dashes = ['', '10 4', '2 4', '12 4 2 4', '6 3', '16 5', '3 6'];

const apps = dashes
  .map((dash, index) => {
    const pattern = dash === '' ? '' : `.daytally .app-${index + 1} .line{stroke-dasharray:${dash}}`;
    return `.daytally .app-${index + 1}{--app:var(--app-${index + 1})}${pattern}`;
  })
  .join('\n');

/** All of a report's looks. Every rule begins with `.daytally`: a dashboard has styles of its own. */
export const styleSheet = `
.daytally{${light}color-scheme:light;font:14px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;color:var(--ink);font-variant-numeric:tabular-nums;text-align:left}
.daytally.dark{${dark}color-scheme:dark}
@media (prefers-color-scheme:dark){.daytally.auto{${dark}color-scheme:dark}}
.daytally,.daytally *{box-sizing:border-box}
.daytally.page{background:var(--page);min-height:100vh;padding:32px 24px 48px}
.daytally main{max-width:1160px;margin:0 auto;container-type:inline-size}
.daytally .top{display:flex;flex-wrap:wrap;gap:12px 24px;align-items:flex-end;justify-content:space-between;margin:0 0 20px}
.daytally h1{font-size:28px;line-height:1.2;font-weight:650;letter-spacing:-.015em;margin:0 0 2px;color:inherit}
.daytally h2{font-size:17px;line-height:1.3;font-weight:650;letter-spacing:-.005em;margin:0;color:inherit}
.daytally h3{font-size:14px;font-weight:650;margin:20px 0 6px;color:inherit}
.daytally p{margin:0;color:var(--soft)}
.daytally .verdict{display:flex;align-items:center;gap:8px;padding:6px 14px;border-radius:99px;font-weight:600;background:var(--card);border:1px solid var(--rule)}
.daytally .verdict.good{color:var(--good)}.daytally .verdict.bad{color:var(--bad)}
.daytally .cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,400px),1fr));gap:16px}
.daytally .card{background:var(--card);border:1px solid var(--rule);border-radius:12px;padding:18px 20px;min-width:0;margin:0 0 16px}
.daytally .cards .card{margin:0}.daytally .cards{margin:0 0 16px}
.daytally .card>header{margin:0 0 14px}
.daytally .card>header p{font-size:13px}
.daytally .chart{padding:6px 8px 34px 42px}
.daytally .plot{position:relative;height:190px}
.daytally .plot svg{position:absolute;inset:0;width:100%;height:100%;overflow:visible;display:block}
.daytally .tick{position:absolute;font-size:11px;line-height:1;color:var(--soft);white-space:nowrap}
.daytally .tick.y{right:100%;margin-right:8px;transform:translateY(-50%)}
.daytally .tick.x{top:100%;margin-top:9px;transform:translateX(-50%)}
.daytally svg path{fill:none;vector-effect:non-scaling-stroke}
.daytally svg .grid{stroke:var(--grid);stroke-width:1}
.daytally svg .hatch{stroke:var(--hatch);stroke-width:1.2}
.daytally svg .gap{fill:var(--gap)}
.daytally svg .line{stroke:var(--app);stroke-width:2;stroke-linejoin:round}
.daytally svg .faint{stroke:var(--app);stroke-width:1;stroke-opacity:.38;stroke-linejoin:round}
.daytally svg .dots{stroke:var(--app);stroke-width:5.5;stroke-linecap:round}
.daytally svg .day{fill:transparent}.daytally svg .day:hover{fill:var(--hover)}
${apps}
.daytally .legend{list-style:none;display:flex;flex-wrap:wrap;gap:4px 18px;margin:0 0 12px;padding:0;font-size:12.5px;color:var(--soft)}
.daytally .legend li{display:flex;align-items:center;gap:7px;margin:0}
.daytally .mark{flex:none;display:inline-grid;place-items:center;width:16px;height:16px;border-radius:4px;border:1.5px solid transparent;font:700 11px/1 system-ui,sans-serif}
.daytally .mark.gap{background:var(--gap);border-color:var(--red)}
.daytally .exact{background:var(--exact-soft);border-color:var(--exact)}
.daytally .lowerBound{background:repeating-linear-gradient(135deg,var(--bound-soft) 0 3px,transparent 3px 6px);border-color:var(--bound)}
.daytally .missed{background:var(--red-soft);border-color:var(--red);color:var(--bad)}
.daytally .mark.missed::after{content:"!"}
.daytally .lost{background:var(--card);border-color:var(--red);border-style:dashed;color:var(--bad)}
.daytally .mark.lost::after{content:"×"}
.daytally .pending{border-color:var(--soft);border-style:dotted}
.daytally .before{background:var(--grid)}
.daytally table{border-collapse:collapse;width:100%;font-size:13px;color:inherit;background:none;border:0;margin:0}
.daytally tr,.daytally th,.daytally td{background-color:transparent;border:0}
.daytally th,.daytally td{padding:6px 0 6px 16px;text-align:right;font-weight:400;vertical-align:top;border-top:1px solid var(--rule)}
.daytally th:first-child{padding-left:0;text-align:left}
.daytally thead th{color:var(--soft);font-size:12px;border-top:0;white-space:nowrap;vertical-align:bottom}
.daytally .text{text-align:left}
.daytally td small{display:block;color:var(--soft);font-size:11.5px;overflow-wrap:anywhere}
.daytally .comparison th[scope=row]{overflow-wrap:anywhere}
.daytally .comparison td{white-space:nowrap}
.daytally .swatch{display:inline-block;width:24px;height:8px;margin-right:9px;vertical-align:middle}
.daytally .change{white-space:nowrap}.daytally .change>span{font-size:9px;vertical-align:1px}
.daytally .change.up{color:var(--good)}.daytally .change.down{color:var(--bad)}
.daytally .note{font-size:13px;max-width:76ch;margin:0 0 14px}
.daytally .months{display:grid;grid-template-columns:repeat(auto-fill,minmax(196px,1fr));gap:20px 28px;justify-items:start;align-items:start}
.daytally table.month{width:auto;border-collapse:separate;border-spacing:3px;font-size:11.5px;margin:0 -3px}
.daytally .month caption{text-align:left;font-weight:600;font-size:13px;padding:0 3px 4px;color:inherit}
.daytally .month th,.daytally .month td{width:25px;min-width:25px;height:25px;padding:0;border:1.5px solid transparent;border-radius:6px;text-align:center;vertical-align:middle;line-height:1}
.daytally .month th{height:14px;color:var(--soft);font-size:10.5px}
.daytally .month th:first-child{text-align:center}
.daytally .month td.exact{background-color:var(--exact-soft)}
.daytally .month td.lowerBound{background:repeating-linear-gradient(135deg,var(--bound-soft) 0 4px,transparent 4px 8px);border-color:var(--bound)}
.daytally .month td.missed{background-color:var(--red-soft);border-color:var(--red);font-weight:700}
.daytally .month td.lost{border:1.5px dashed var(--red);text-decoration:line-through}
.daytally .month td.pending{border:1.5px dotted var(--soft);color:var(--soft)}
.daytally .month td.before{color:var(--soft);background-color:var(--grid)}
.daytally .remedies{list-style:none;margin:0;padding:0;display:grid;gap:12px}
.daytally .remedies li{display:flex;gap:10px;margin:0}.daytally .remedies .mark{margin-top:2px}
.daytally code{font:12.5px/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;background:var(--page);color:inherit;border:1px solid var(--rule);border-radius:6px;padding:2px 8px;display:inline-block;margin-top:4px;overflow-wrap:anywhere}
.daytally .scroll{overflow:auto;max-height:520px}
.daytally .scroll:focus-visible,.daytally summary:focus-visible{outline:2px solid var(--bound);outline-offset:2px}
.daytally .numbers thead th{position:sticky;top:0;background:var(--card)}
.daytally .numbers th,.daytally .numbers td{white-space:nowrap}
.daytally .numbers td:not(.text) small{white-space:normal;max-width:26ch;margin-left:auto}
.daytally summary{cursor:pointer;font-weight:600;padding:2px 0}
.daytally details[open] summary{margin-bottom:10px}
.daytally footer{color:var(--soft);font-size:12.5px}
.daytally .empty{padding:24px 0;text-align:center}
.daytally .hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.daytally.widget{container-type:inline-size;background:none}
.daytally.widget .card{padding:14px 16px}.daytally.widget .top{margin:0 0 12px}
@media (max-width:560px){.daytally.page{padding:20px 12px 32px}.daytally h1{font-size:23px}}
@container (max-width:560px){.daytally .card{padding:16px 14px}.daytally .plot{height:160px}.daytally .tick.minor{display:none}.daytally .chart{padding-left:36px}.daytally th,.daytally td{padding-left:10px}}
@media print{.daytally.page{padding:0;background:none}.daytally .card{break-inside:avoid}}
`;
