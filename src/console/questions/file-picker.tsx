/** Files that go with what is written: looked at here first, so that nobody learns it after a slow upload. */
import { useState } from 'react';
import { Button, FileTrigger } from 'react-aria-components';
import { attachmentKind } from '#shared/attachment-kind.ts';
import { QUESTION_LIMITS } from '#shared/protocol/questions.ts';
import { byPlace } from '../parts/by-place.ts';
import { questionWords } from '../words/words.ts';

interface Props {
  readonly files: readonly File[];
  readonly onChange: (files: readonly File[]) => void;
}

export function FilePicker({ files, onChange }: Props) {
  const [problem, setProblem] = useState<string | null>(null);

  async function add(chosen: readonly File[]): Promise<void> {
    setProblem(null);
    if (files.length + chosen.length > QUESTION_LIMITS.files) return setProblem(questionWords.tooMany);
    for (const file of chosen) {
      if (file.size > QUESTION_LIMITS.fileBytes) return setProblem(questionWords.tooBig(file.name));
      const kind = attachmentKind(new Uint8Array(await file.arrayBuffer()));
      if (kind === 'other') return setProblem(questionWords.wrongKind(file.name));
      if (kind === 'broken') return setProblem(questionWords.broken(file.name));
    }
    onChange([...files, ...chosen]);
  }
  return (
    <div className="file-picker">
      <FileTrigger allowsMultiple onSelect={(list) => void add(list ? [...list] : [])}>
        <Button className="button">{questionWords.files}</Button>
      </FileTrigger>
      <span className="hint">{questionWords.filesHint}</span>
      {problem && (
        <span className="field-error" role="alert">
          {problem}
        </span>
      )}
      {files.length > 0 && (
        <ul aria-label={questionWords.attached}>
          {byPlace(files).map(({ item: file, place }) => (
            <li key={place}>
              <span>{questionWords.file(file.name, file.size)}</span>
              <Button
                className="button icon"
                aria-label={questionWords.removeFile(file.name)}
                onPress={() => onChange(files.toSpliced(place, 1))}
              >
                <span aria-hidden="true">×</span>
              </Button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
