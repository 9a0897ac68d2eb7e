/** How quickly bodies answer written questions. */
import type { CountingAnswer } from '#shared/protocol/counting.ts';
import { countingWords } from '../words/words.ts';

export function AnswerTimes({ times }: { readonly times: CountingAnswer['answerTimes'] }) {
  const { answerTimes: words } = countingWords;
  return (
    <section className="counting-chart">
      <table className="answer-times">
        <caption>
          {words.title}
          <span className="hint">{words.note}</span>
        </caption>
        <thead>
          <tr>
            <th scope="col">{words.body}</th>
            <th scope="col">{words.questions}</th>
            <th scope="col">{words.median}</th>
            <th scope="col">{words.within}</th>
          </tr>
        </thead>
        <tbody>
          {times.map(({ body, questions, medianHours, within72 }) => (
            <tr key={body}>
              <th scope="row">{body}</th>
              <Cell text={questions === null ? null : countingWords.number(questions)} />
              <Cell text={medianHours === null ? null : words.hours(medianHours)} />
              <Cell text={within72 === null ? null : words.percent(within72)} />
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Cell({ text }: { readonly text: string | null }) {
  return <td className={text === null ? 'hidden-count' : undefined}>{text ?? countingWords.hidden}</td>;
}
