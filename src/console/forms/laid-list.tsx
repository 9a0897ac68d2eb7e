/** What was laid on the pages, each with its words and a way to take it off. */
import { Button } from 'react-aria-components';
import { formWords } from '../words/words.ts';
import type { FillDraft, LaidMark } from './fill-draft.ts';
import type { Unwritten } from './write-fields.ts';

interface Props {
  readonly draft: FillDraft;
  readonly unwritten: readonly Unwritten[];
  readonly onChange: (mark: LaidMark) => void;
  readonly onFocus: (mark: LaidMark) => void;
  readonly onRemove: (id: string) => void;
  readonly onUnsign: () => void;
}

/** Points on paper. */
const SIZES = [9, 11, 14, 18] as const;

export function LaidList({ draft, unwritten, onChange, onFocus, onRemove, onUnsign }: Props) {
  if (draft.laid.length === 0 && draft.signHere === null) return null;
  return (
    <section aria-label={formWords.laid}>
      <h3>{formWords.laid}</h3>
      <ul className="fill-laid-list">
        {draft.laid.map((mark) => {
          const cannot = unwritten.find(({ name }) => name === mark.id);
          return (
            <li key={mark.id}>
              {mark.kind === 'text' ? (
                <textarea
                  className="react-aria-TextArea"
                  aria-label={formWords.laidText}
                  id={`laid-${mark.id}`}
                  rows={2}
                  value={mark.text}
                  maxLength={2_000}
                  onFocus={() => onFocus(mark)}
                  onChange={({ target }) => onChange({ ...mark, text: target.value })}
                />
              ) : (
                <span>
                  {formWords.laidKind[mark.kind]} · {formWords.pageShort(mark.page)}
                </span>
              )}
              {mark.kind === 'text' && (
                <select
                  aria-label={formWords.laidSize}
                  value={mark.size}
                  onChange={({ target }) => onChange({ ...mark, size: Number(target.value) })}
                >
                  {SIZES.map((size) => (
                    <option key={size} value={size}>
                      {size}
                    </option>
                  ))}
                </select>
              )}
              <Button
                className="button icon"
                aria-label={formWords.remove(mark.text || formWords.laidKind[mark.kind])}
                onPress={() => onRemove(mark.id)}
              >
                <span aria-hidden="true">×</span>
              </Button>
              {cannot && <span className="field-error">{formWords.unwritten[cannot.why]}</span>}
            </li>
          );
        })}
        {draft.signHere && (
          <li>
            <span>
              {formWords.laidKind.sign} · {formWords.pageShort(draft.signHere.page)}
            </span>
            <Button
              className="button icon"
              aria-label={formWords.remove(formWords.laidKind.sign)}
              onPress={onUnsign}
            >
              <span aria-hidden="true">×</span>
            </Button>
          </li>
        )}
      </ul>
    </section>
  );
}
