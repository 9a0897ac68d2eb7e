/** The bench's figures as a person reads them. */
import type { Figure } from './figure.ts';

const HEAD = ['figure', 'value', 'baseline', 'ratio', 'at most', ''];

export function tableOf(figures: readonly Figure[]): string {
  const rows = [HEAD, ...figures.map(row)];
  const widths = HEAD.map((_, column) => Math.max(...rows.map((cells) => cells[column]?.length ?? 0)));
  return rows
    .map((cells) =>
      cells
        .map((cell, column) => {
          const width = widths[column] ?? 0;
          return column === 0 ? cell.padEnd(width) : cell.padStart(width);
        })
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function row({ name, unit, value, baseline, ratio, limit, ok }: Figure): string[] {
  const amount = (number: number | null) => (number === null ? '–' : `${Math.round(number)} ${unit}`);
  return [
    name,
    amount(value),
    amount(baseline),
    ratio === null ? '–' : `${ratio.toFixed(2)} ×`,
    amount(limit),
    ok ? '✓' : '✗ limit passed',
  ];
}
