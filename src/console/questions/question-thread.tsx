import type { QuestionEntry } from '#shared/protocol/questions.ts';
import { questionWords } from '../words/words.ts';

/** Every exchange, dated, the oldest first. */
export function QuestionThread({ entries }: { readonly entries: readonly QuestionEntry[] }) {
  return (
    <ol className="question-thread" aria-label={questionWords.thread}>
      {entries.map(({ entryId, kind, author, text, at, files }) => (
        <li key={entryId} className={kind === 'question' || kind === 'reply' ? 'mairie' : 'body'}>
          <h3>{questionWords.entry[kind]}</h3>
          <p className="hint">{questionWords.by(author, at)}</p>
          {/* Names and texts may be written from right to left. */}
          <p className="question-text" dir="auto">
            {text}
          </p>
          {files.length > 0 && (
            <ul className="question-files" aria-label={questionWords.attached}>
              {files.map(({ fileId, name, size }) => (
                <li key={fileId}>
                  <a href={`/api/question-files/${fileId}`} download={name}>
                    {questionWords.file(name, size)}
                  </a>
                </li>
              ))}
            </ul>
          )}
        </li>
      ))}
    </ol>
  );
}
