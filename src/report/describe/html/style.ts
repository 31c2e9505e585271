/** What this page has and the report has not; colours and the rest are the report's. */
export const describeStyle = `
.daytally .bars tbody th,.daytally .bars td{vertical-align:middle}
.daytally .bar{display:block;height:9px;min-width:2px;border-radius:3px;background:var(--bar);width:calc(var(--share)*1%)}
.daytally .bar.items{--bar:var(--app-1)}.daytally .bar.bytes{--bar:var(--app-2)}
.daytally .barred{min-width:120px;width:18%}
.daytally .pattern{font:12px/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;overflow-wrap:anywhere;white-space:normal}
.daytally .scroll.all{max-height:none}
.daytally .attributes{table-layout:fixed;min-width:620px}
.daytally .attributes th:nth-child(1){width:24%}.daytally .attributes th:nth-child(2){width:15%}.daytally .attributes th:nth-child(3){width:11%}.daytally .attributes th:nth-child(4){width:13%}
.daytally .attributes th[scope=row]{overflow-wrap:anywhere}
.daytally .inside{padding-left:18px}
.daytally .tag{display:inline-block;font-size:11.5px;padding:0 7px;border:1px solid var(--rule);border-radius:9px;color:var(--soft);white-space:nowrap}
.daytally .findings{list-style:none;margin:0;padding:0;display:grid;gap:10px;font-size:13px}
.daytally .findings li{display:flex;gap:10px;margin:0;overflow-wrap:anywhere}
`;
