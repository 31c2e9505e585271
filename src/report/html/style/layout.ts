/** The page, its cards and its words. */
export const layout = `
.daytally,.daytally *{box-sizing:border-box}
.daytally.page{background:var(--page);min-height:100vh;padding:36px 28px 48px}
.daytally main{max-width:1240px;margin:0 auto;container-type:inline-size}
.daytally .top{display:flex;flex-wrap:wrap;gap:12px 24px;align-items:flex-end;justify-content:space-between;margin:0 0 24px}
.daytally h1{font-size:27px;line-height:1.2;font-weight:650;letter-spacing:-.018em;margin:0 0 3px;color:inherit;overflow-wrap:break-word}
.daytally h2{font-size:16px;line-height:1.35;font-weight:650;letter-spacing:-.006em;margin:0;color:inherit;overflow-wrap:break-word}
.daytally h3{font-size:14px;font-weight:650;margin:22px 0 8px;color:inherit}
.daytally p{margin:0;color:var(--soft)}
.daytally .verdict{display:flex;align-items:center;gap:9px;padding:6px 14px 6px 10px;border-radius:17px;font-size:13.5px;font-weight:600;background:var(--card);border:1px solid var(--rule)}
.daytally .verdict.good{color:var(--good)}.daytally .verdict.bad{color:var(--bad)}
.daytally .cards{display:grid;grid-template-columns:minmax(0,1fr);gap:18px;margin:0 0 18px}
.daytally .card{background:var(--card);border:1px solid var(--rule);border-radius:12px;padding:20px 22px 18px;min-width:0;margin:0 0 18px}
.daytally .cards .card{margin:0;display:flex;flex-direction:column}
.daytally .card>header{margin:0 0 14px}
.daytally .card>header p{font-size:13px;line-height:1.4}
.daytally .figure{display:flex;flex-wrap:wrap;align-items:baseline;gap:2px 12px;font-size:13px;margin:-4px 0 16px}
.daytally .figure strong{font-size:32px;line-height:1.15;font-weight:600;letter-spacing:-.02em;color:var(--ink)}
.daytally .figure .change{font-size:15px;font-weight:600}
.daytally .legend{list-style:none;display:flex;flex-wrap:wrap;gap:4px 18px;margin:0 0 14px;padding:0;font-size:12px;line-height:1.45;color:var(--soft)}
.daytally .card>.legend:last-child{margin:0}
.daytally .legend li{display:flex;align-items:center;gap:7px;margin:0}
.daytally .mark{flex:none;display:inline-grid;place-items:center;width:14px;height:14px;border-radius:4px;border:1.5px solid transparent;font:700 10px/1 system-ui,sans-serif}
.daytally :is(.mark,.night).exact{background:var(--exact-soft);border-color:var(--exact)}
.daytally :is(.mark,.night).lowerBound{background:repeating-linear-gradient(135deg,var(--hatch) 0 1.5px,var(--bound-soft) 1.5px 5px);border-color:var(--bound)}
.daytally :is(.mark,.night).missed{background:var(--red-soft);border-color:var(--red);color:var(--bad)}
.daytally :is(.mark,.night).missed::after{content:"!"}
.daytally :is(.mark,.night).lost{background:var(--card);border-color:var(--red);border-style:dashed;color:var(--bad)}
.daytally :is(.mark,.night).lost::after{content:"×"}
.daytally :is(.mark,.night).pending{border-color:var(--soft);border-style:dotted}
.daytally :is(.mark,.night).before{background:var(--grid)}
.daytally .mark.recount{border-color:var(--soft);color:var(--soft)}
.daytally .mark.recount::after{content:"≠"}
.daytally .mark.gap{background:var(--gap);border-color:var(--red)}
.daytally .mark.untold{background:var(--grid);border-color:var(--soft)}
.daytally .key{display:inline-block;flex:none;width:9px;height:9px;border-radius:3px;background:var(--app,transparent)}
.daytally summary{cursor:pointer;font-weight:600}
.daytally summary:focus-visible,.daytally .day input:focus-visible{outline:2px solid var(--bound);outline-offset:2px;border-radius:4px}
.daytally code{font:12px/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;background:var(--page);color:inherit;border:1px solid var(--rule);border-radius:5px;padding:1px 6px;overflow-wrap:break-word}
.daytally .remedies{list-style:none;margin:0;padding:0;display:grid;gap:14px}
.daytally .remedies li{display:flex;gap:10px;margin:0;min-width:0}.daytally .remedies .mark{margin-top:3px}.daytally .remedies div{min-width:0}
.daytally .remedies code{display:inline-block;margin-top:4px;padding:3px 8px}
.daytally .guide{margin:0 0 18px;font-size:13px;color:var(--soft)}
.daytally dl{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:6px 18px;margin:10px 0 0;color:var(--soft)}
.daytally dt{font-weight:600;margin:0}.daytally dd{margin:0;max-width:80ch;overflow-wrap:break-word}
.daytally footer{color:var(--soft);font-size:12.5px}
.daytally .empty{padding:28px 0;text-align:center}
.daytally .hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.daytally.widget{container-type:inline-size;background:none}
.daytally.widget .card{padding:14px 16px}.daytally.widget .top{margin:0 0 12px}
@media (min-width:1700px){.daytally main{max-width:1640px}}
@media (max-width:560px){.daytally.page{padding:22px 12px 32px}.daytally h1{font-size:23px}}
@container (min-width:760px){.daytally .cards.two,.daytally .cards.three{grid-template-columns:repeat(2,minmax(0,1fr))}}
@container (min-width:1360px){.daytally .cards.three{grid-template-columns:repeat(3,minmax(0,1fr))}}
@container (max-width:560px){.daytally .card{padding:16px 14px 14px}.daytally dl{grid-template-columns:minmax(0,1fr);gap:0}.daytally dd{margin:0 0 8px}}
`;
