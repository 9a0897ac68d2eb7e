/** What the hub keeps, why and how long, and whether what was due is gone. */
import type { KeptAnswer } from '#shared/protocol/data-protection.ts';
import { FailureNotice } from '../parts/failure-notice.tsx';
import { Notice } from '../parts/notice.tsx';
import { useAnswer } from '../sheets/use-answer.ts';
import { dataWords } from '../words/words.ts';
import { fetchKept } from './data-api.ts';

export function KeptTable() {
  const { answer } = useAnswer('kept', fetchKept);
  if (!answer) return <p role="status">{dataWords.loading}</p>;
  if (!answer.ok) return <FailureNotice code={answer.code} />;
  const { auditWhole, kept, purges } = answer.value;
  return (
    <>
      <section aria-label={dataWords.audit}>
        <Notice tone={auditWhole ? 'good' : 'bad'} urgent={!auditWhole}>
          {auditWhole ? dataWords.auditWhole : dataWords.auditBroken}
        </Notice>
      </section>
      <section className="panel people-list" aria-labelledby="data-purges">
        <h2 id="data-purges">{dataWords.purges}</h2>
        <p className="muted">{dataWords.purgesNote}</p>
        <table>
          <thead>
            <tr>
              <th scope="col">{dataWords.columns.purged}</th>
              <th scope="col">{dataWords.columns.after}</th>
              <th scope="col">{dataWords.columns.last}</th>
              <th scope="col">{dataWords.columns.removed}</th>
              <th scope="col">{dataWords.columns.state}</th>
            </tr>
          </thead>
          <tbody>
            {purges.map((purge) => (
              <PurgeRow key={purge.name} purge={purge} />
            ))}
          </tbody>
        </table>
      </section>
      <section className="panel people-list" aria-labelledby="data-kept">
        <h2 id="data-kept">{dataWords.kept}</h2>
        <table>
          <thead>
            <tr>
              <th scope="col">{dataWords.keptColumns.what}</th>
              <th scope="col">{dataWords.keptColumns.why}</th>
              <th scope="col">{dataWords.keptColumns.until}</th>
            </tr>
          </thead>
          <tbody>
            {kept.map(({ what, why, basis, until, sealed }) => (
              <tr key={what}>
                <th scope="row">
                  {what}
                  {sealed && <span className="muted">{dataWords.sealed}</span>}
                </th>
                <td>
                  {why}
                  <span className="muted">{basis}</span>
                </td>
                <td>{until}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  );
}

function PurgeRow({ purge }: { readonly purge: KeptAnswer['purges'][number] }) {
  const { name, keptFor, lastRun, removed, late, overdue } = purge;
  return (
    <tr>
      <th scope="row">{name}</th>
      <td className="data-short">{dataWords.keptFor(keptFor)}</td>
      <td>{lastRun === null ? dataWords.never : dataWords.last(lastRun)}</td>
      <td>{removed}</td>
      <td>
        {late || overdue ? (
          <strong className="field-error">{overdue ? dataWords.overdue : dataWords.late}</strong>
        ) : (
          dataWords.fine
        )}
      </td>
    </tr>
  );
}
