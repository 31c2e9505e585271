/** Charts: lines, their names, and the numbers under the pointer. */
export const charts = `
.daytally .chart{--gutter:calc(min(var(--names),14)*7.8px + 16px*min(var(--names),1));container-type:inline-size;padding:6px calc(var(--gutter) + 6px) 32px 38px;margin:0 0 4px}
.daytally .plot{position:relative;height:200px}
.daytally .cards.one .plot{height:280px}
.daytally .plot.named{margin-top:20px}
.daytally .plot>svg{position:absolute;inset:0;width:100%;height:100%;overflow:visible;display:block}
.daytally .chart path{fill:none;vector-effect:non-scaling-stroke}
.daytally .grid{stroke:var(--grid);stroke-width:1}
.daytally .shape{position:absolute;top:0;bottom:0}
.daytally .shape.lowerBound{background:repeating-linear-gradient(125deg,var(--hatch) 0 1px,var(--zone) 1px 9px)}
.daytally .shape.gap{background:var(--gap)}
.daytally .shape.untold{background:var(--grid);opacity:.6}
.daytally .shape.exact{border-left:1px dashed var(--bound);opacity:.7}
.daytally .shape.redefined{border-left:1px dashed var(--soft)}
.daytally .line{stroke:var(--app);stroke-width:2.25;stroke-linejoin:round;stroke-linecap:round}
.daytally .day-line{stroke:var(--app);stroke-width:1;stroke-opacity:.42;stroke-linejoin:round}
.daytally .line.bound{stroke-opacity:.55}.daytally .day-line.bound{stroke-opacity:.28}
.daytally .long .day-line{stroke-opacity:.2}
.daytally .chart path.area{fill:var(--app);fill-opacity:.08}
.daytally .dots{stroke:var(--app);stroke-width:5;stroke-linecap:round}
.daytally .leader{stroke:var(--app);stroke-width:1;stroke-opacity:.55}
.daytally .tick,.daytally .zone,.daytally .end{position:absolute;font-size:11px;line-height:1;color:var(--soft);white-space:nowrap}
.daytally .tick.y{right:100%;margin-right:8px;transform:translateY(-50%)}
.daytally .tick.x{top:100%;margin-top:10px;transform:translateX(-50%)}
.daytally .zone{bottom:100%;padding:0 4px 6px 0;height:17px;container-type:inline-size;color:var(--bound)}
.daytally .ends{position:absolute;left:100%;top:0;bottom:0;width:var(--gutter)}
.daytally .ends svg{position:absolute;left:2px;top:0;width:9px;height:100%;overflow:visible}
.daytally .end{left:14px;right:0;font-size:12px;line-height:16px;font-weight:600;color:var(--app);transform:translateY(-50%);overflow:hidden;text-overflow:ellipsis}
.daytally .days{position:absolute;inset:0;display:flex}
.daytally .day{flex:1 1 0;min-width:0;margin:0 0 -24px;padding:0;cursor:default}
.daytally .day input{appearance:none;display:block;width:100%;height:100%;margin:0;padding:0;border:0;background:none;cursor:inherit}
.daytally .day:hover,.daytally .day:focus-within{background:var(--hover)}
.daytally .dot{display:none;position:absolute;left:var(--x);width:9px;height:9px;margin:-4.5px;border-radius:50%;background:var(--app);border:2px solid var(--card);pointer-events:none}
.daytally .tip{display:none;position:absolute;z-index:2;top:-6px;left:calc(var(--x) + 14px);max-width:min(280px,60cqw);grid-template-columns:auto minmax(0,1fr) auto;gap:3px 8px;align-items:center;padding:9px 12px;border-radius:8px;background:var(--card);border:1px solid var(--rule);box-shadow:var(--shadow);font-size:12px;line-height:1.35;color:var(--ink);pointer-events:none}
.daytally .tip:has(small){grid-template-columns:auto minmax(0,1fr) auto auto}
.daytally .right .tip{left:auto;right:calc(100% - var(--x) + 14px)}
.daytally .tip>strong:first-child{grid-column:1/-1;white-space:nowrap;margin-bottom:2px}
.daytally .tip bdi{overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.daytally .tip strong{font-weight:650;text-align:right}.daytally .tip>strong:first-child{text-align:left}
.daytally .tip small,.daytally .tip span{font-size:11.5px;color:var(--soft);text-align:right}
.daytally .day:hover .tip,.daytally .day:focus-within .tip{display:grid}
.daytally .day:hover .dot,.daytally .day:focus-within .dot{display:block}
.daytally .days:hover .day:not(:hover) .tip,.daytally .days:hover .day:not(:hover) .dot{display:none}
.daytally .stroke{display:inline-block;width:16px;height:0;border-top:2.5px solid currentColor;border-radius:2px}
.daytally .stroke.thin{border-top-width:1px;opacity:.7;margin-left:8px}
@container (max-width:360px){.daytally .tick.minor{display:none}.daytally .plot{height:170px}.daytally .tip,.daytally .right .tip{left:0;right:auto;top:auto;bottom:calc(100% + 4px);max-width:100cqw}.daytally .chart{--gutter:calc(min(var(--names),10)*7.4px + 16px*min(var(--names),1))}.daytally .end{font-size:11px}}
@container (max-width:78px){.daytally .zone.lowerBound span{display:none}}
@container (max-width:90px){.daytally .zone.untold span{display:none}}
@container (max-width:112px){.daytally .zone.exact span{display:none}}
`;
