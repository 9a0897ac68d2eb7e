import type { CountedPeriod, CountingAnswer } from '#shared/protocol/counting.ts';
import { countingWords } from '../words/words.ts';
import { AnswerTimes } from './answer-times.tsx';
import { BarTable } from './bar-table.tsx';
import { sentencesOf } from './counting-sentences.ts';

interface Props {
  readonly counting: CountingAnswer;
  readonly period: CountedPeriod;
}

export function PeriodFigures({ counting, period }: Props) {
  const [first, ...more] = sentencesOf(period);
  const isYear = period.period === counting.periods[0]?.period;
  const visits = countingWords.columns.visits;
  const lines = (all: readonly { readonly name: string; readonly visits: number | null }[]) =>
    all.map(({ name, visits: count }) => ({ name, count }));
  return (
    <>
      <section className="counting-sentences" aria-live="polite">
        <h2>{counting.scope.name}</h2>
        <p className="counting-first">{first}</p>
        {more.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
        <p className="hint">
          {countingWords.span(period.firstDay, period.lastDay)}.{' '}
          {countingWords.until(countingWords.day(counting.until))}
        </p>
      </section>
      <div className="counting-charts">
        <BarTable
          title={isYear ? countingWords.monthsTitle : countingWords.weeksTitle}
          {...(isYear ? {} : { note: countingWords.weeksNote })}
          unit={visits}
          lines={period.steps.map(({ firstDay, visits: count }, at) => {
            const month = isYear ? counting.periods[at + 1]?.period : undefined;
            return { name: month ? countingWords.month(month) : countingWords.weekOf(firstDay), count };
          })}
        />
        {isYear && counting.scope.kind !== 'body' && (
          <BarTable title={countingWords.bodies} unit={visits} lines={lines(period.bodies)} />
        )}
        {isYear && counting.scope.kind !== 'mairie' && (
          <BarTable title={countingWords.mairies} unit={visits} lines={lines(period.mairies)} />
        )}
        {isYear && counting.motives.length > 0 && (
          <BarTable
            title={countingWords.motives}
            note={countingWords.motivesNote}
            unit={visits}
            lines={counting.motives.map(({ body, motive, visits: count }) => {
              const name = motive ?? countingWords.otherMotive;
              return { name: counting.scope.kind === 'body' ? name : `${name} (${body})`, count };
            })}
          />
        )}
        {isYear && counting.answerTimes.length > 0 && <AnswerTimes times={counting.answerTimes} />}
        {isYear && (
          <>
            <BarTable
              title={countingWords.words}
              unit={countingWords.columns.residents}
              lines={period.words.map(({ word, residents }) => ({
                name: countingWords.answers[word],
                count: residents,
              }))}
            />
            <BarTable
              title={countingWords.failures}
              unit={visits}
              lines={period.failures.map(({ why, visits: count }) => ({
                name: countingWords.why[why],
                count,
              }))}
            />
          </>
        )}
      </div>
      <footer className="counting-notes hint">
        <p>{countingWords.hiddenNote}</p>
        {!isYear && <p>{countingWords.monthNote}</p>}
        {period.atLeast && <p>{countingWords.atLeastNote}</p>}
        {period.travel && <p>{countingWords.method}</p>}
      </footer>
    </>
  );
}
