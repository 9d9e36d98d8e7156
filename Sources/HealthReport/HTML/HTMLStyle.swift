/// The style of HTML pages: light and dark by the reader's preference, narrow screens, print.
enum HTMLStyle {
    /// The sheet. Text and its background differ by a contrast of 4.5 or more (WCAG 2.2, 1.4.3) in both schemes.
    static let text = """
        :root {
          --paper: #ffffff; --ink: #1b1f24; --dim: #57606a; --rule: #d0d7de; --soft: #f6f8fa; --link: #0550ae;
          --error: #b3261e; --error-soft: #fdecea; --warning: #7d4e00; --warning-soft: #fff4d6;
          --info: #0550ae; --info-soft: #e7f1fd; --good: #116329; --good-soft: #e3f6e8;
          --c0: #0550ae; --c1: #b35900; --c2: #6639ba; --c3: #116329;
          --band: #2da44e; --mark: #b3261e; --grid: #e4e8ec;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --paper: #0f1419; --ink: #e6e9ed; --dim: #9aa5b1; --rule: #343c45; --soft: #171d24; --link: #79b8ff;
            --error: #ff8b82; --error-soft: #3a1614; --warning: #f0b54a; --warning-soft: #332405;
            --info: #79b8ff; --info-soft: #10253f; --good: #6fd18b; --good-soft: #0f2b18;
            --c0: #79b8ff; --c1: #ffab5c; --c2: #c4a7ff; --c3: #6fd18b;
            --band: #3fb950; --mark: #ff8b82; --grid: #262d35;
          }
        }
        * { box-sizing: border-box; }
        html { color-scheme: light dark; -webkit-text-size-adjust: 100%; }
        body {
          margin: 0 auto; padding: 1.5rem clamp(1rem, 4vw, 2.5rem) 3rem; max-width: 76rem; background: var(--paper);
          color: var(--ink); font: 1rem/1.55 system-ui, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", sans-serif;
          overflow-wrap: anywhere;
        }
        h1 { font-size: 1.7rem; line-height: 1.25; margin: 0 0 .3rem; }
        h2 { font-size: 1.25rem; margin: 2.4rem 0 .8rem; padding-bottom: .3rem; border-bottom: 1px solid var(--rule); }
        h3 { font-size: 1.02rem; margin: 1.4rem 0 .5rem; }
        p { margin: .5rem 0; max-width: 48rem; }
        li { margin: .25rem 0; max-width: 48rem; }
        a { color: var(--link); }
        code { font: .9em ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace; }
        .dim, .subtitle, footer { color: var(--dim); }
        .subtitle { margin: 0; }
        footer { margin-top: 3rem; border-top: 1px solid var(--rule); padding-top: .8rem; font-size: .875rem; }
        nav ul { list-style: none; display: flex; flex-wrap: wrap; gap: .2rem 1.1rem; margin: 1rem 0 0; padding: 0; font-size: .9rem; }
        nav li { margin: 0; }
        .badge {
          display: inline-block; padding: .05em .55em; border-radius: .4em; font-size: .8em; font-weight: 600;
          vertical-align: .08em; border: 1px solid currentColor; white-space: nowrap;
        }
        .badge.error { color: var(--error); background: var(--error-soft); }
        .badge.warning { color: var(--warning); background: var(--warning-soft); }
        .badge.info { color: var(--info); background: var(--info-soft); }
        .badge.good { color: var(--good); background: var(--good-soft); }
        .badge.neutral { color: var(--dim); background: var(--soft); }
        h1 .badge { font-size: .55em; vertical-align: .3em; text-transform: uppercase; letter-spacing: .04em; }
        .figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(8.6rem, 1fr)); gap: .7rem; margin: 1rem 0; }
        .figures > div { border: 1px solid var(--rule); border-left: 4px solid var(--rule); border-radius: .4rem; padding: .55rem .8rem; background: var(--soft); }
        .figures > .error { border-left-color: var(--error); } .figures > .warning { border-left-color: var(--warning); }
        .figures > .good { border-left-color: var(--good); } .figures > .info { border-left-color: var(--info); }
        .figures dt { font-size: .82rem; color: var(--dim); }
        .figures dd { margin: 0; }
        .figures dd strong { display: block; font-size: 1.3rem; line-height: 1.3; }
        .figures dd .dim { font-size: .82rem; }
        .card { border: 1px solid var(--rule); border-left: 4px solid var(--rule); border-radius: .4rem; padding: .2rem 1.1rem .8rem; margin: 1.1rem 0; }
        .card.error { border-left-color: var(--error); } .card.warning { border-left-color: var(--warning); }
        .card.info { border-left-color: var(--info); } .card.good { border-left-color: var(--good); }
        .card > h3 { margin-top: .8rem; }
        .scroll { overflow-x: auto; }
        table { border-collapse: collapse; margin: .7rem 0; font-size: .9rem; width: 100%; }
        caption { text-align: left; color: var(--dim); font-size: .85rem; padding-bottom: .3rem; }
        th, td { text-align: left; vertical-align: top; padding: .35rem .7rem .35rem 0; border-bottom: 1px solid var(--rule); overflow-wrap: break-word; max-width: 32rem; }
        td + .number, th + .number { padding-left: .8rem; } td:nth-child(2), td:last-child, th:first-child { min-width: 7.2rem; }
        thead th { font-size: .82rem; color: var(--dim); font-weight: 600; }
        tbody th { font-weight: 500; }
        .number { text-align: right; padding-right: 1.3rem; font-variant-numeric: tabular-nums; white-space: nowrap; }
        .cascade ul { list-style: none; padding-left: 0; margin: 0; }
        .cascade ul ul { padding-left: 1.6rem; margin-left: .55rem; border-left: 2px solid var(--rule); }
        .cascade li { margin: .6rem 0 0; max-width: none; position: relative; }
        .cascade li > div { border: 1px solid var(--rule); border-left: 4px solid var(--rule); border-radius: .4rem; padding: .45rem .8rem; background: var(--soft); }
        .cascade li.error > div { border-left-color: var(--error); } .cascade li.warning > div { border-left-color: var(--warning); }
        .cascade li.info > div { border-left-color: var(--info); }
        .cascade p { margin: 0; } .cascade p + p { margin-top: .2rem; font-size: .9rem; }
        .cascade ul ul > li::before { content: ""; position: absolute; left: -1.6rem; top: 1.2rem; width: 1.3rem; border-top: 2px solid var(--rule); }
        figure { margin: 1rem 0; } figure.wide { max-width: 52rem; }
        .charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 25rem), 1fr)); gap: .4rem 1.6rem; }
        figcaption { font-size: .85rem; line-height: 1.5; }
        figcaption > strong { display: block; font-size: .95rem; }
        .keys { display: flex; flex-wrap: wrap; gap: 0 .9rem; }
        .key::before { content: ""; display: inline-block; width: 1.1em; height: 3px; margin-right: .4em; vertical-align: .25em; background: var(--c0); }
        .key.c1::before { background: var(--c1); } .key.c2::before { background: var(--c2); } .key.c3::before { background: var(--c3); }
        .key.band::before { height: .8em; vertical-align: -.08em; background: var(--band); opacity: .35; }
        .key.mark::before { height: 5px; vertical-align: .18em; background: var(--mark); opacity: .75; }
        svg { display: block; width: 100%; height: auto; min-width: 26rem; }
        .wide svg { min-width: 34rem; }
        svg text { font: 12px system-ui, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", sans-serif; fill: var(--dim); }
        svg .grid { stroke: var(--grid); } svg .axis { stroke: var(--dim); }
        svg .band { fill: var(--band); opacity: .16; } svg .edge { stroke: var(--band); stroke-dasharray: 5 4; }
        svg .mark { fill: var(--mark); opacity: .75; } svg .onset { stroke: var(--mark); stroke-width: 1.4; }
        svg .onset-label { fill: var(--mark); font-weight: 600; } svg .lost { fill: var(--mark); font-weight: 700; }
        svg .axis-label { font-size: 11px; }
        svg .line { fill: none; stroke: var(--c0); stroke-width: 1.8; stroke-linejoin: round; }
        svg .env { fill: var(--c0); opacity: .22; } svg .dot { fill: var(--c0); }
        svg .line.c1 { stroke: var(--c1); stroke-dasharray: 7 3; } svg .line.c2 { stroke: var(--c2); stroke-dasharray: 2 3; }
        svg .line.c3 { stroke: var(--c3); stroke-dasharray: 9 3 2 3; }
        svg .env.c1, svg .dot.c1 { fill: var(--c1); } svg .env.c2, svg .dot.c2 { fill: var(--c2); } svg .env.c3, svg .dot.c3 { fill: var(--c3); }
        @media screen and (min-width: 72rem) {
          body { max-width: 84rem; display: grid; grid-template-columns: 13.5rem minmax(0, 1fr); column-gap: 3rem; align-items: start; }
          header { grid-column: 1 / -1; } footer { grid-column: 2; }
          nav { position: sticky; top: 1.5rem; margin-top: 2.4rem; }
          nav ul { flex-direction: column; gap: .45rem; margin: 0; padding-left: .9rem; border-left: 2px solid var(--rule); }
          nav a { text-decoration: none; } nav a:hover { text-decoration: underline; }
        }
        @media print {
          :root {
            --paper: #fff; --ink: #000; --dim: #444; --rule: #bbb; --soft: #fff; --link: #000; --grid: #ddd;
            --error: #a11; --warning: #6b4300; --info: #0550ae; --good: #116329;
            --error-soft: #fff; --warning-soft: #fff; --info-soft: #fff; --good-soft: #fff;
            --c0: #0550ae; --c1: #b35900; --c2: #6639ba; --c3: #116329; --band: #2da44e; --mark: #b3261e;
          }
          html { color-scheme: light; }
          body { padding: 0; max-width: none; font-size: 10pt; }
          nav { display: none; }
          a { text-decoration: none; }
          h2, h3, caption, figcaption { break-after: avoid; }
          figure, tr, .figures > div, .cascade li > div { break-inside: avoid; }
          thead { display: table-header-group; }
          .scroll { overflow: visible; }
          svg, .wide svg { min-width: 0; max-height: 7.5cm; }
          .charts { grid-template-columns: 1fr 1fr; }
          * { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
        }
        """
}
