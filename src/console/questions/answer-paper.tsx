/** The answers to a question, as the resident takes them home. */
import type { QuestionEntry, QuestionView } from '#shared/protocol/questions.ts';
import { ResidentPaper } from '../parts/resident-paper.tsx';
import { questionWords } from '../words/words.ts';

/** Letters of the question that are repeated on the paper. */
const SHORT = 300;

export function answersOf({ entries }: QuestionView): readonly QuestionEntry[] {
  return entries.filter(({ kind }) => kind === 'answer' || kind === 'appointment');
}

export function AnswerPaper({ question }: { readonly question: QuestionView }) {
  const answers = answersOf(question);
  const last = answers.at(-1);
  const asked = question.entries[0]?.text ?? '';
  if (!last) return null;
  const { paper } = questionWords;
  return (
    <ResidentPaper>
      <h1>{paper.heading}</h1>
      <dl>
        <dt>{paper.for}</dt>
        <dd>
          <bdi>{question.residentName}</bdi>
        </dd>
        <dt>{paper.body}</dt>
        <dd>{question.body}</dd>
        <dt>{paper.asked}</dt>
        <dd>{paper.day(question.askedAt)}</dd>
        <dt>{paper.answered}</dt>
        <dd>{paper.day(last.at)}</dd>
      </dl>
      <h2>{paper.question}</h2>
      <p dir="auto">{asked.length > SHORT ? `${asked.slice(0, SHORT).trimEnd()}…` : asked}</p>
      <h2>{paper.answer}</h2>
      {answers.map(({ entryId, kind, text, author }) => (
        <div key={entryId}>
          <p className="question-text" dir="auto">
            {text}
          </p>
          {kind === 'appointment' && <p>{paper.appointment}</p>}
          <p>{paper.by(author)}</p>
        </div>
      ))}
    </ResidentPaper>
  );
}
