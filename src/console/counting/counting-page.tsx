/** What a year of visits amounts to: sentences first, then charts that are tables, then files to take away. */
import { useRef, useState } from 'react';
import { Button } from 'react-aria-components';
import type { CountingAnswer } from '#shared/protocol/counting.ts';
import { Notice } from '../parts/notice.tsx';
import { useTitle } from '../parts/use-title.ts';
import { useAnswer } from '../sheets/use-answer.ts';
import { clerkFailure, countingWords } from '../words/words.ts';
import { fetchCounting } from './counting-api.ts';
import { PeriodFigures } from './period-figures.tsx';
import { SaveCounting } from './save-counting.tsx';

/** Of the console's pages. */
export const COUNTING_PATH = 'chiffres';

export function CountingPage() {
  useTitle(countingWords.title);
  const [year, setYear] = useState('');
  const [mairieId, setMairieId] = useState('');
  const [period, setPeriod] = useState('');
  const query = new URLSearchParams({
    ...(year === '' ? {} : { year }),
    ...(mairieId === '' ? {} : { mairieId }),
  }).toString();
  const { answer, isCurrent } = useAnswer(query, fetchCounting);
  const counting = answer?.ok ? answer.value : null;
  // What was refused leaves the choice that was there before.
  const known = useRef<CountingAnswer | null>(null);
  if (counting) known.current = counting;
  const choices = known.current;
  // A month that another year or place does not have leads to the whole year.
  const shown = counting?.periods.find((one) => one.period === period) ?? counting?.periods[0];
  return (
    <div className="counting" aria-busy={!isCurrent}>
      <header className="counting-head">
        <h1>{countingWords.heading}</h1>
        {choices && (
          <Choices
            counting={choices}
            year={year === '' ? String(choices.year) : year}
            period={shown?.period ?? ''}
            mairieId={mairieId}
            onYear={(chosen) => {
              setYear(chosen);
              setPeriod('');
            }}
            onPeriod={setPeriod}
            onMairie={setMairieId}
          />
        )}
      </header>
      {!answer && <p role="status">{countingWords.opening}</p>}
      {answer && !answer.ok && (
        <Notice tone="bad" urgent>
          <strong>{clerkFailure(answer.code).what}.</strong> {clerkFailure(answer.code).todo}
        </Notice>
      )}
      {counting && shown && (
        <>
          <PeriodFigures counting={counting} period={shown} />
          <SaveCounting counting={counting} />
        </>
      )}
    </div>
  );
}

interface ChoicesProps {
  readonly counting: CountingAnswer;
  readonly year: string;
  readonly period: string;
  readonly mairieId: string;
  readonly onYear: (year: string) => void;
  readonly onPeriod: (period: string) => void;
  readonly onMairie: (mairieId: string) => void;
}

function Choices({ counting, year, period, mairieId, onYear, onPeriod, onMairie }: ChoicesProps) {
  const [whole, ...months] = counting.periods;
  return (
    <div className="counting-choices">
      {counting.mairies.length > 1 && (
        <label className="field">
          {countingWords.place}
          <select value={mairieId} onChange={(event) => onMairie(event.target.value)}>
            <option value="">{countingWords.allPlaces}</option>
            {counting.mairies.map((mairie) => (
              <option key={mairie.mairieId} value={mairie.mairieId}>
                {mairie.name}
              </option>
            ))}
          </select>
        </label>
      )}
      <label className="field">
        {countingWords.year}
        <select value={year} onChange={(event) => onYear(event.target.value)}>
          {counting.years.toReversed().map((one) => (
            <option key={one}>{one}</option>
          ))}
        </select>
      </label>
      <label className="field">
        {countingWords.period}
        <select value={period} onChange={(event) => onPeriod(event.target.value)}>
          <option value={whole?.period}>{countingWords.wholeYear}</option>
          {months.map((month) => (
            <option key={month.period} value={month.period}>
              {countingWords.month(month.period)}
            </option>
          ))}
        </select>
      </label>
      <Button className="button" onPress={() => print()}>
        {countingWords.print}
      </Button>
    </div>
  );
}
