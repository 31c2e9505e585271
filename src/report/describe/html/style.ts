/** What this page has and the report has not; colours and the rest are the report's. */
export const describeStyle = `
.daytally .kinds td{text-align:right;white-space:nowrap}
.daytally .kinds th:first-child{overflow-wrap:anywhere;min-width:90px}
.daytally .kinds thead th:nth-child(-n+3){text-align:left}
.daytally .kinds .measured{width:22%;text-align:left}
.daytally .kinds .amount{display:flex;gap:10px;justify-content:space-between;align-items:baseline}
.daytally :is(.kinds,.attributes) small{color:var(--soft);font-size:12px}
.daytally .kinds .label{display:none}
.daytally .bar{display:block;height:7px;min-width:2px;margin:3px 0 2px;border-radius:3px;background:var(--bar);width:calc(var(--share)*1%)}
.daytally .bar.items{--bar:var(--app-1)}.daytally .bar.bytes{--bar:var(--app-2)}
.daytally .kind summary{display:flex;flex-wrap:wrap;gap:2px 12px;align-items:baseline;list-style:none;padding:0}
.daytally .kind summary::-webkit-details-marker{display:none}
.daytally .kind summary::before{content:"›";color:var(--soft);font-size:16px;line-height:1;transition:transform .1s}
.daytally .kind details[open] summary::before{transform:rotate(90deg)}
.daytally .kind summary h2{min-width:0;overflow-wrap:anywhere}
.daytally .kind summary p{font-size:13px;font-weight:400}
.daytally .attributes{table-layout:fixed;margin-top:10px}
.daytally .attributes :is(th,td){text-align:left;overflow-wrap:anywhere}
.daytally .attributes thead th:nth-child(1){width:24%}.daytally .attributes thead th:nth-child(2){width:14%}.daytally .attributes thead th:nth-child(3){width:11%}.daytally .attributes thead th:nth-child(4){width:12%}
.daytally .attributes :is(th,td):nth-child(3){text-align:right}
.daytally .attributes th.inside{padding-left:18px}
.daytally .pattern{font:12px/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
.daytally .tag{display:inline-block;font-size:11.5px;padding:0 7px;border:1px solid var(--rule);border-radius:9px;color:var(--soft);white-space:nowrap}
.daytally .findings{list-style:none;margin:0;padding:0;display:grid;gap:10px;font-size:13px}
.daytally .findings li{display:flex;gap:10px;margin:0;overflow-wrap:anywhere}.daytally .findings .mark{margin-top:3px}
@container (max-width:860px){
.daytally .kinds,.daytally .kinds tbody{display:block}.daytally .kinds thead{display:none}
.daytally .kinds tr{display:grid;grid-template-columns:repeat(6,minmax(0,1fr));gap:8px 16px;padding:12px 0;border-top:1px solid var(--rule)}
.daytally .kinds tr:first-child{border-top:0}
.daytally .kinds tbody th{grid-column:1/-1;padding:0;border:0;font-weight:600}
.daytally .kinds td{grid-column:span 3;padding:0;border:0;text-align:left;white-space:normal}.daytally .kinds td:nth-child(n+6){grid-column:span 2}
.daytally .kinds .measured{width:auto}
.daytally .kinds .label{display:block;font-size:11.5px;color:var(--soft)}
}
@container (max-width:640px){
.daytally .attributes,.daytally .attributes tbody{display:block}.daytally .attributes thead{display:none}
.daytally .attributes tr{display:flex;flex-wrap:wrap;gap:2px 12px;padding:8px 0;border-top:1px solid var(--rule)}
.daytally .attributes :is(tbody th,td){padding:0;border:0}.daytally .attributes tbody th{flex:1 0 60%}
.daytally .attributes td:empty{display:none}
.daytally .attributes .pattern{flex:1 0 100%;color:var(--soft)}
}
@media print{.daytally .kind{break-inside:auto}}
`;
