/** A report as a picture: a panel of bars for each measurement, with a whisker from the lowest to the highest round. */
import type { ContestantId } from '../contestants/index.ts';
import { type Metric, titleOf, type WorkloadResult } from '../stage.ts';
import { type Summary, summaryOf } from '../statistics.ts';
import { workloads } from '../workloads.ts';
import type { Report } from './report.ts';

interface Bar {
  readonly label: string;
  readonly value: Summary;
  readonly own: boolean;
}

interface Panel {
  readonly title: string;
  readonly bars: readonly Bar[];
}

const size = { width: 560, left: 230, right: 80, titleHeight: 44, barHeight: 22, gap: 8 } as const;
const COLUMNS = 2;

/** Colours of its own, a background among them, so that it can be read on any page, light or dark. */
const style = `
  svg { --paper: #ffffff; --ink: #1f2328; --soft: #59636e; --bar: #9aa7b4; --own: #0969da; }
  @media (prefers-color-scheme: dark) {
    svg { --paper: #0d1117; --ink: #f0f6fc; --soft: #9198a1; --bar: #57606a; --own: #4493f8; }
  }
  text { font: 13px system-ui, sans-serif; fill: var(--ink); }
  .title { font-weight: 600; font-size: 14px; }
  .soft { fill: var(--soft); font-size: 12px; }
  .paper { fill: var(--paper); } .bar { fill: var(--bar); } .own { fill: var(--own); }
  .whisker { stroke: var(--ink); stroke-width: 1.5; fill: none; }`;

export function plot(report: Report): string {
  const all = panels(report);
  const rows = Array.from({ length: Math.ceil(all.length / COLUMNS) }, (_, row) =>
    all.slice(row * COLUMNS, (row + 1) * COLUMNS),
  );
  let y = 0;
  const drawn = rows.flatMap(row => {
    const top = y;
    y += Math.max(...row.map(heightOf));
    return row.map((panel, column) => draw(panel, column * size.width, top));
  });
  const { processor, cores, node } = report.machine;
  const width = COLUMNS * size.width;
  const height = y + 40;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img">
<title>Vestibule beside the AWS SDK and other GraphQL servers</title>
<style>${style}
</style>
<rect class="paper" width="${width}" height="${height}"/>
${drawn.join('\n')}
<text class="soft" x="16" y="${height - 16}">Medians; whiskers from the lowest to the highest round. ${escape(`${processor}, ${cores} cores, Node.js ${node}`)}</text>
</svg>
`;
}

function panels({ workloads: results }: Report): Panel[] {
  return results.flatMap(result => {
    const title = `${workloads[result.workload].title}${result.upstream === 'local' ? ', local AWS' : ''}`;
    const cpu = panelOf(`${title}: CPU µs per operation`, result, 'cpuMicroseconds');
    if (result.workload !== 'create') return [cpu];
    return [panelOf(`${title}: operations per second`, result, 'operationsPerSecond'), cpu];
  });
}

function panelOf(title: string, result: WorkloadResult, metric: Metric): Panel {
  const ids = Object.keys(result.samples) as ContestantId[];
  const bars = ids.map(id => ({
    label: titleOf(id),
    value: summaryOf(result, id, metric),
    own: id === 'vestibule',
  }));
  return { title, bars };
}

function heightOf({ bars }: Panel): number {
  return size.titleHeight + bars.length * (size.barHeight + size.gap) + size.gap;
}

function draw({ title, bars }: Panel, x: number, y: number): string {
  const room = size.width - size.left - size.right;
  const highest = Math.max(...bars.map(({ value }) => value.max));
  const scale = (value: number) => size.left + (value / highest) * room;
  const rows = bars.map(({ label, value, own }, index) => {
    const top = size.titleHeight + index * (size.barHeight + size.gap);
    const middle = top + size.barHeight / 2;
    const [from, to, end] = [scale(value.min), scale(value.max), scale(value.median)];
    return `<text x="${size.left - 8}" y="${middle + 4}" text-anchor="end">${escape(label)}</text>
<rect class="${own ? 'own' : 'bar'}" x="${size.left}" y="${top}" width="${round(end - size.left)}" height="${size.barHeight}" rx="2"/>
<path class="whisker" d="M${round(from)} ${middle - 4}v8m0-4H${round(to)}m0-4v8"/>
<text x="${round(Math.max(to, end) + 8)}" y="${middle + 4}">${Number(value.median.toPrecision(3)).toLocaleString('en')}</text>`;
  });
  return `<g transform="translate(${x} ${y})">
<text class="title" x="16" y="28">${escape(title)}</text>
${rows.join('\n')}
</g>`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
