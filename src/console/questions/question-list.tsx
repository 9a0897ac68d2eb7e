import type { QuestionLine } from '#shared/protocol/questions.ts';
import { ToneMark } from '../parts/tone.tsx';
import { questionWords } from '../words/words.ts';
import { QUESTIONS_PATH } from './questions-page.tsx';

export type QuestionSide = 'mairie' | 'body';

interface Props {
  readonly questions: readonly QuestionLine[];
  readonly side: QuestionSide;
  /** The id of the question that is read. */
  readonly shown: string;
  /** ms since the epoch, by the hub's clock. */
  readonly now: number;
}

/** What is this reader's turn comes first, and late ones before all. */
const ORDER = {
  mairie: ['answered', 'askedBack', 'late', 'waiting', 'closed'],
  body: ['late', 'waiting', 'askedBack', 'answered'],
} as const;

export function QuestionList({ questions, side, shown, now }: Props) {
  if (questions.length === 0) return <p className="panel-empty">{questionWords.none[side]}</p>;
  const groupOf = (question: QuestionLine) =>
    question.dueAt !== null && question.dueAt <= now ? 'late' : question.state;
  return ORDER[side].map((group) => {
    const own = questions.filter((question) => groupOf(question) === group);
    const name = questionWords.groups[group];
    return (
      own.length > 0 && (
        <section className={`question-group ${group}`} key={group}>
          <h2>{typeof name === 'string' ? name : name[side]}</h2>
          <ul>
            {own.map((question) => (
              <li key={question.questionId}>
                <a
                  className="question-line"
                  href={`#/${QUESTIONS_PATH}/${question.questionId}`}
                  aria-current={question.questionId === shown ? 'true' : undefined}
                >
                  <strong>{question.motive}</strong>
                  <span>
                    {questionWords.for(question.residentName)} ·{' '}
                    {side === 'mairie' ? question.body : question.mairie}
                  </span>
                  <TimeLeft question={question} now={now} />
                </a>
              </li>
            ))}
          </ul>
        </section>
      )
    );
  });
}

const HOUR = 3_600_000;

/** Of the 72 hours; nothing once it is answered. */
export function TimeLeft({
  question: { dueAt, state },
  now,
}: {
  readonly question: QuestionLine;
  readonly now: number;
}) {
  if (state === 'askedBack') return <span className="hint">{questionWords.stands}</span>;
  if (dueAt === null) return null;
  const left = dueAt - now;
  return left > 0 ? (
    <span className="hint">{questionWords.left(Math.floor(left / HOUR))}</span>
  ) : (
    <span className="question-late">
      <ToneMark tone="bad" />
      {questionWords.lateBy(Math.floor(-left / HOUR))}
    </span>
  );
}
