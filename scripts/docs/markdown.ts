/** Markdown, as the formatter leaves it. */

export type Row = readonly string[];

export function code(text: string): string {
  return `\`${text}\``;
}

export function table(header: Row, rows: readonly Row[]): string {
  const widths = header.map((_, column) =>
    Math.max(3, ...[header, ...rows].map(cells => cells[column]?.length ?? 0)),
  );
  const line = (cells: Row, fill = ' ') =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0, fill)).join(' | ')} |`;
  return [
    line(header),
    line(
      header.map(() => ''),
      '-',
    ),
    ...rows.map(cells => line(cells)),
  ].join('\n');
}
