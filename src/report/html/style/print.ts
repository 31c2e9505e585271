import { light } from './colours.ts';

/** One page of paper: the charts, what they are compared with, and the nights. */
export const print = `
@media print{
@page{margin:10mm}
.daytally.daytally{${light}color-scheme:light;font-size:10px;line-height:1.35;print-color-adjust:exact;-webkit-print-color-adjust:exact}
.daytally.page{padding:0;background:none;min-height:0}
.daytally main{max-width:none}
.daytally .top{margin:0 0 10px}.daytally h1{font-size:18px}.daytally h2{font-size:12px}
.daytally .verdict{font-size:10px;padding:3px 8px}
.daytally .cards.cards{gap:8px;margin:0 0 8px}
.daytally .cards.two,.daytally .cards.three{grid-template-columns:repeat(2,minmax(0,1fr))}
.daytally .cards.three.three{grid-template-columns:repeat(3,minmax(0,1fr))}
.daytally .card.card{padding:8px 10px;border-radius:6px;margin:0;break-inside:avoid}
.daytally .card>header{margin:0 0 4px}.daytally .card>header p{font-size:9px}
.daytally .cards .plot{height:92px}.daytally .plot.named{margin-top:12px}
.daytally .chart.chart{--gutter:calc(min(var(--names),14)*6px + 14px*min(var(--names),1));padding-bottom:18px;padding-left:30px}
.daytally .tick,.daytally .zone{font-size:8px}.daytally .tick.x{margin-top:4px}.daytally .zone{padding-bottom:3px}
.daytally .end{font-size:8.5px}
.daytally .legend{font-size:8px;gap:2px 10px;margin:0 0 4px}.daytally .app{gap:5px}.daytally .key{width:7px;height:7px;border-radius:2px}.daytally .mark{width:10px;height:10px;font-size:7px;border-width:1px}
.daytally table{font-size:9.5px}.daytally thead th,.daytally .basis,.daytally .figure{font-size:8px}
.daytally .figure strong{font-size:18px}
.daytally th,.daytally td{padding-top:2px;padding-bottom:2px}
.daytally .basis{padding-top:3px}
.daytally .months{line-height:1}.daytally .months.months :is(td,tbody th){padding:.5px 1.5px}.daytally .night{height:8px;border-radius:2px;font-size:8px}.daytally .months thead th{font-size:8px}
.daytally .months tr>:first-child{width:52px;font-size:9px}
.daytally .three .legend,.daytally .three .basis,.daytally .three .card>header p,.daytally .three tbody tr:nth-child(n+6){display:none}
.daytally .three .comparison{font-size:9px}.daytally .three :is(th,td):not(:first-child){padding-left:6px}.daytally .three .tick.y{font-size:7px}.daytally .cards.three .plot{height:52px}.daytally .three .card.card{padding:5px 8px}.daytally .three th,.daytally .three td{padding-top:1px;padding-bottom:1px}.daytally .three .plot.named{margin-top:2px}.daytally .three .zone{display:none}
.daytally .days,.daytally .more,.daytally .nights h3,.daytally .remedies,.daytally .guide,.daytally .nights~.card{display:none}
.daytally footer{font-size:8px;margin-top:6px}
}
`;
