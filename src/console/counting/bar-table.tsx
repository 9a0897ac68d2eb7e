/**
 * A chart that is a table: each line has its bar drawn between its name and its number. Whoever sees, whoever hears and
 * whoever prints reads the same thing, so that no second version of it can be forgotten. No library draws less.
 */
import { countingWords } from '../words/words.ts';

interface Props {
  readonly title: string;
  readonly note?: string;
  /** What the numbers are of. */
  readonly unit: string;
  /** `count` null: hidden. */
  readonly lines: readonly { readonly name: string; readonly count: number | null }[];
}

export function BarTable({ title, note, unit, lines }: Props) {
  const most = Math.max(1, ...lines.map(({ count }) => count ?? 0));
  return (
    <section className="counting-chart">
      <table>
        <caption>
          {title}
          {note !== undefined && <span className="hint">{note}</span>}
        </caption>
        <thead className="visually-hidden">
          <tr>
            <th scope="col">{countingWords.columns.what}</th>
            <th scope="col">{unit}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map(({ name, count }, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two lines may have one name, and lines do not move.
            <tr key={at}>
              <th scope="row">{name}</th>
              <td className={count === null ? 'hidden-count' : undefined}>
                <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
                  <rect width={((count ?? 0) / most) * 100} height="10" />
                </svg>
                <span>{countingWords.count(count)}</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {lines.length === 0 && <p className="muted">{countingWords.nothing}</p>}
    </section>
  );
}
