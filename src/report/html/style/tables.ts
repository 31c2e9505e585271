/** Tables, and what looks like one. */
export const tables = `
.daytally table{border-collapse:collapse;width:100%;font-size:13px;color:inherit;background:none;border:0;margin:0}
.daytally tr,.daytally th,.daytally td{background-color:transparent;border:0}
.daytally th,.daytally td{padding:7px 0 7px 14px;text-align:right;font-weight:400;vertical-align:baseline;border-top:1px solid var(--rule)}
.daytally th:first-child{padding-left:0;text-align:left}
.daytally thead th{color:var(--soft);font-size:12px;line-height:1.35;border-top:0;vertical-align:bottom}
.daytally .comparison{table-layout:fixed}
.daytally .comparison th:first-child{width:36%;overflow-wrap:break-word}
.daytally .comparison.alone th:first-child{width:60%}
.daytally .comparison td{white-space:nowrap}
.daytally .app{display:flex;gap:9px;align-items:baseline}
.daytally .app bdi{display:-webkit-box;-webkit-box-orient:vertical;-webkit-line-clamp:2;overflow:hidden;min-width:0;overflow-wrap:break-word}
.daytally .change{white-space:nowrap;color:var(--soft)}.daytally .change>span{font-size:8.5px;vertical-align:1.5px}
.daytally .change.up{color:var(--good)}.daytally .change.down{color:var(--bad)}
.daytally .basis{font-size:12px;margin-top:auto;padding:8px 0 0;border-top:1px solid var(--rule)}
.daytally .more summary{font-size:13px;font-weight:400;color:var(--soft);padding:7px 0;border-top:1px solid var(--rule)}
.daytally .months{table-layout:fixed}
.daytally .months th,.daytally .months td{padding:2px 1.5px;border:0;text-align:center;vertical-align:middle}
.daytally .months thead th{font-size:11px;padding-bottom:4px}.daytally .months thead span{display:inline-block;margin:0 -8px}
.daytally .months tr>:first-child{width:76px;white-space:nowrap;text-align:left;padding-left:0;color:var(--soft);font-size:12px;vertical-align:middle}
.daytally .night{display:grid;place-items:center;height:24px;border-radius:5px;border:1.5px solid transparent;font:700 12px/1 system-ui,sans-serif}
.daytally td .night:is(.exact,.lowerBound){border-color:transparent}
.daytally .runs{list-style:none;margin:0;padding:0;font-size:13px}
.daytally .runs>li{margin:0;border-top:1px solid var(--rule)}
.daytally .runs summary{display:grid;grid-template-columns:10px minmax(0,1fr) 168px 130px 116px 64px;gap:2px 12px;align-items:baseline;padding:8px 0;font-weight:400;list-style:none;color:var(--soft)}
.daytally .runs summary::-webkit-details-marker{display:none}
.daytally .runs summary::before{content:"›";color:var(--soft);font-size:15px;line-height:1;transition:transform .1s}
.daytally .runs details[open] summary::before{transform:rotate(90deg)}
.daytally .runs .what{font-weight:600;color:var(--ink)}
.daytally .runs .number{text-align:right}.daytally .runs .facts{display:contents}
.daytally .runs dl{margin:0 0 12px;padding:0 0 0 22px}
.daytally .runs code{display:inline-block;max-width:100%}
.daytally .runs dl ul{list-style:none;margin:0;padding:0}
.daytally .card>details>summary{padding:2px 0}
.daytally .numbers{margin-top:12px;table-layout:fixed}
.daytally .numbers.few thead th:first-child{width:28%}.daytally .numbers.some thead th:first-child{width:18%}.daytally .numbers.many thead th:first-child{width:13%}
.daytally .numbers th,.daytally .numbers td{overflow-wrap:break-word}
.daytally .numbers thead th{position:sticky;top:0;background:var(--card);padding-bottom:8px;box-shadow:0 1px var(--rule)}
.daytally .numbers .group th{padding-top:18px;font-weight:650;border-top:0}
.daytally .numbers small{color:var(--soft);font-weight:400;font-size:12px}
.daytally .numbers .label{display:none}
${asCards('.numbers.cards')}
@container (max-width:1080px){${asCards('.numbers.many')}}
@container (max-width:720px){${asCards('.numbers.some')}}
@container (max-width:700px){
.daytally .runs summary{grid-template-columns:10px minmax(0,1fr)}
.daytally .runs .facts{display:flex;flex-wrap:wrap;gap:0 14px;grid-column:2;font-size:12.5px}
.daytally .months .minor{font-size:0}
.daytally .months th,.daytally .months td{padding:2px 1px}
.daytally .months tr>:first-child{width:56px;font-size:11px}
.daytally .night{height:20px;border-radius:3px;font-size:9px}
.daytally th,.daytally td{padding-left:10px}
.daytally .numbers{font-size:12.5px}
}
`;

/** Rows of more numbers than there is room for: each becomes a card in which they wrap, told by their names. */
function asCards(table: string): string {
  const rules = {
    thead: 'display:none',
    tbody: 'display:block',
    tr: 'display:grid;grid-template-columns:repeat(auto-fill,minmax(130px,1fr));gap:8px 16px;padding:10px 0;border-top:1px solid var(--rule)',
    '.group': 'display:block;border-top:0;padding:18px 0 6px',
    'tbody th': 'grid-column:1/-1;padding:0;border:0;font-weight:600',
    'tbody .group th': 'padding:0',
    td: 'padding:0;border:0;text-align:left',
    '.label': 'display:block;font-size:11.5px;color:var(--soft);white-space:normal',
  };
  const inner = Object.entries(rules).map(([part, rule]) => `.daytally ${table} ${part}{${rule}}`);
  return `.daytally ${table}{display:block}${inner.join('')}`;
}
