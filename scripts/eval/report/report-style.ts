/** The report's style sheet; nothing in it is fetched from elsewhere. */
export const REPORT_STYLE = `
:root{color-scheme:light dark;--paper:#f7f5f0;--card:#fffefb;--ink:#1d1c1a;--soft:#6d6a63;--line:#e4e0d6;
--track:#ece8de;--bar:#a3b8d4;--heat:#3d5a80;--wrong:#c2553f;--mark:#1d1c1a;--other:#d98a2b;
--entailment:#2f7d5b;--neutral:#a87412;--contradiction:#b8432f}
@media(prefers-color-scheme:dark){:root{--paper:#15161a;--card:#1d1f25;--ink:#ecebe6;--soft:#9a9890;--line:#2e3038;
--track:#2a2d35;--bar:#4c6791;--heat:#7f9fca;--wrong:#e08a76;--mark:#ecebe6;--other:#f0b45c;
--entailment:#6cc49b;--neutral:#e2b65a;--contradiction:#ef8b78}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,"Segoe UI",Roboto,"Helvetica Neue",sans-serif;-webkit-font-smoothing:antialiased}
main{max-width:1080px;margin:0 auto;padding:56px 28px 80px}
h1,h2,h3,p,figure,dl,dd{margin:0}
.eyebrow{font-size:13px;letter-spacing:.02em;color:var(--soft)}
.eyebrow b{color:var(--ink);font-weight:600}
header{padding-bottom:36px;border-bottom:1px solid var(--line)}
.hero{display:flex;flex-wrap:wrap;align-items:flex-end;justify-content:space-between;gap:28px 48px;margin-top:20px}
h1{font:500 clamp(56px,10vw,104px)/.95 ui-serif,Georgia,"Times New Roman",serif;letter-spacing:-.035em;font-variant-numeric:lining-nums}
h1 small{display:block;margin-top:14px;font:400 17px/1.4 system-ui,"Segoe UI",Roboto,sans-serif;letter-spacing:0;color:var(--soft)}
.tiles{display:flex;flex-wrap:wrap;gap:12px 36px}
.tiles div{min-width:92px;border-left:2px solid var(--line);padding-left:14px}
.tiles dt{font-size:13px;color:var(--soft)}
.tiles dd{font-size:24px;font-weight:600;letter-spacing:-.02em;font-variant-numeric:tabular-nums}
section{margin-top:52px}
h2{font:500 26px/1.2 ui-serif,Georgia,"Times New Roman",serif;letter-spacing:-.015em;margin-bottom:6px}
.lead{color:var(--soft);max-width:64ch;margin-bottom:18px}
.columns{display:grid;grid-template-columns:minmax(0,1.35fr) minmax(0,1fr);gap:52px 56px}
.scroll{overflow-x:auto}
table{width:100%;border-collapse:collapse;font-variant-numeric:tabular-nums}
th,td{padding:7px 10px;text-align:left;border-bottom:1px solid var(--line);white-space:nowrap}
th:first-child,td:first-child{padding-left:0}th:last-child,td:last-child{padding-right:0}
thead th{font-size:13px;font-weight:500;color:var(--soft);vertical-align:bottom}
tbody th{font-weight:500}.figures th:first-child{width:140px}.figures td:nth-child(2){width:64px}
.number{text-align:right}.quiet{color:var(--soft)}.strong{font-weight:650}
td.chart,th.chart{width:42%;min-width:200px}
th.chart span{float:left;width:50%}th.chart span:nth-child(2){width:0;transform:translateX(-.6em)}th.chart span:nth-child(3){text-align:right}
svg.accuracy{display:block;width:100%;overflow:visible}
.track{fill:var(--track)}.bar{fill:var(--bar)}
.whisker{stroke:var(--mark);stroke-width:1.5;opacity:.75}.baseline{stroke:var(--wrong);stroke-width:2.5}
.against{fill:var(--card);stroke:var(--other);stroke-width:2.5}
.key{display:inline-block;margin-right:6px}
.key.baseline{width:3px;height:12px;background:var(--wrong);vertical-align:-1px}
.key.against{width:9px;height:9px;border:2.5px solid var(--other);border-radius:50%}
svg.confusion,svg.sureness{display:block;width:100%;height:auto;font-family:inherit}
svg.sureness{max-width:400px}
svg text{fill:var(--ink);font-size:13px;font-variant-numeric:tabular-nums}
svg .axis,svg .tick,svg .name{fill:var(--soft)}svg .tick{font-size:12px}
.ground{fill:var(--track)}.heat{fill:var(--heat)}.wrong .heat{fill:var(--wrong)}
svg .count{font-size:21px;font-weight:600}svg .share{fill:var(--soft);font-size:12px}
.dark .count,.dark .share{fill:var(--paper)}
.grid{stroke:var(--line)}.ideal{stroke:var(--soft);stroke-dasharray:3 5}
.path{fill:none;stroke:var(--heat);stroke-width:1.5;opacity:.5}.dot{fill:var(--heat)}
.notes{margin:16px 0 0;padding-left:18px;color:var(--soft);font-size:14px}
.cards{display:grid;grid-template-columns:repeat(auto-fill,minmax(300px,1fr));gap:22px}
article{display:flex;flex-direction:column;background:var(--card);border:1px solid var(--line);border-radius:14px;overflow:hidden}
figure{display:grid;place-items:center;height:220px;background:var(--track)}
figure img{width:100%;height:220px;object-fit:contain}
.absent{color:var(--soft);font-size:14px}
.body{display:flex;flex-direction:column;flex:1;padding:16px 18px 18px}
.where{font-size:12px;color:var(--soft);overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
h3{font:500 19px/1.35 ui-serif,Georgia,"Times New Roman",serif;margin:4px 0 10px;overflow-wrap:anywhere}
.premise{font-size:14px;color:var(--soft);margin-bottom:10px}
.verdicts{display:flex;gap:28px;font-size:14px;line-height:1.35;margin:auto 0 12px}.verdicts span{display:block;font-size:12px;color:var(--soft)}.verdicts b{font-weight:600}
b.entailment{color:var(--entailment)}b.neutral{color:var(--neutral)}b.contradiction{color:var(--contradiction)}
article dl{display:grid;grid-template-columns:auto 1fr auto;gap:4px 10px;align-items:center;font-size:13px;font-variant-numeric:tabular-nums}
article dt{color:var(--soft)}dd i{display:block;height:7px;min-width:2px;border-radius:2px}
dd.entailment i{background:var(--entailment)}dd.neutral i{background:var(--neutral)}dd.contradiction i{background:var(--contradiction)}
footer{margin-top:60px;padding-top:18px;border-top:1px solid var(--line);font-size:13px;color:var(--soft);overflow-wrap:anywhere}
@media(max-width:820px){main{padding:32px 18px 56px}.columns{grid-template-columns:minmax(0,1fr)}th,td{padding-inline:7px}}
@media print{article{break-inside:avoid}}
`;
