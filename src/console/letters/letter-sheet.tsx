/** The letter as it will lie on paper, each of its parts a place to write in. */
import { Button } from 'react-aria-components';
import type { Unwritten } from '../forms/write-fields.ts';
import { formWords, letterWords } from '../words/words.ts';
import {
  addBlock,
  changeBlock,
  type Letter,
  type LetterBlock,
  type LetterPart,
  moveBlock,
  removeBlock,
} from './letter.ts';

interface Props {
  readonly letter: Letter;
  readonly unwritten: readonly Unwritten[];
  readonly onChange: (letter: Letter) => void;
}

export function LetterSheet({ letter, unwritten, onChange }: Props) {
  const part = (name: LetterPart, label: string, hint = '') => (
    <Part
      name={name}
      label={label}
      hint={hint}
      value={letter[name]}
      wrong={unwritten.some((one) => one.name === name)}
      onChange={(value) => onChange({ ...letter, [name]: value })}
    />
  );
  const { kind } = letter;
  return (
    <div className="letter-desk">
      <section className={`letter-sheet ${kind}`} aria-label={letterWords.sheet}>
        {part('sender', letterWords.sender[kind], letterWords.senderHint[kind])}
        {kind === 'letter' && (
          <>
            {part('recipient', letterWords.recipient, letterWords.recipientHint)}
            {part('placeAndDate', letterWords.placeAndDate)}
            {part('subject', letterWords.subject)}
          </>
        )}
        {letter.blocks.map((block, at) => (
          <Block
            key={block.id}
            letter={letter}
            block={block}
            rank={at + 1}
            wrong={unwritten.some((one) => one.name === block.id)}
            onChange={onChange}
          />
        ))}
        {kind === 'letter' && part('signature', letterWords.signature, letterWords.signatureHint)}
      </section>
    </div>
  );
}

interface PartProps {
  readonly name: LetterPart;
  readonly label: string;
  readonly hint: string;
  readonly value: string;
  readonly wrong: boolean;
  readonly onChange: (value: string) => void;
}

/** Those that are addresses have several lines. */
const LINES: Readonly<Record<LetterPart, number>> = {
  sender: 3,
  recipient: 3,
  placeAndDate: 1,
  subject: 1,
  signature: 1,
};

function Part({ name, label, hint, value, wrong, onChange }: PartProps) {
  const shared = { id: `letter-${name}`, value, placeholder: hint, className: 'letter-text' };
  return (
    <div className={`letter-part ${name}`}>
      <label htmlFor={shared.id}>{label}</label>
      {LINES[name] > 1 ? (
        <textarea {...shared} rows={LINES[name]} onChange={({ target }) => onChange(target.value)} />
      ) : (
        <input {...shared} onChange={({ target }) => onChange(target.value)} />
      )}
      {wrong && <span className="field-error">{formWords.unwritten.letters}</span>}
    </div>
  );
}

interface BlockProps {
  readonly letter: Letter;
  readonly block: LetterBlock;
  /** From 1. */
  readonly rank: number;
  readonly wrong: boolean;
  readonly onChange: (letter: Letter) => void;
}

const KINDS = ['heading', 'paragraph', 'list'] as const;

function Block({ letter, block, rank, wrong, onChange }: BlockProps) {
  const { id, kind, text } = block;
  const added = (): LetterBlock => ({ id: crypto.randomUUID(), kind: 'paragraph', text: '' });
  return (
    <div className={`letter-block ${kind}`}>
      <textarea
        className="letter-text"
        aria-label={letterWords.block(rank)}
        placeholder={letterWords.blockHint[kind]}
        rows={kind === 'heading' ? 1 : 2}
        value={text}
        spellCheck
        onChange={({ target }) => onChange(changeBlock(letter, id, { text: target.value }))}
      />
      <div className="letter-block-tools">
        <select
          aria-label={letterWords.blockKind(rank)}
          value={kind}
          onChange={({ target }) => {
            const next = KINDS.find((one) => one === target.value);
            if (next) onChange(changeBlock(letter, id, { kind: next }));
          }}
        >
          {KINDS.map((one) => (
            <option key={one} value={one}>
              {letterWords.blockKinds[one]}
            </option>
          ))}
        </select>
        <Button
          className="button icon"
          aria-label={letterWords.up(rank)}
          isDisabled={rank === 1}
          onPress={() => onChange(moveBlock(letter, id, -1))}
        >
          <span aria-hidden="true">↑</span>
        </Button>
        <Button
          className="button icon"
          aria-label={letterWords.down(rank)}
          isDisabled={rank === letter.blocks.length}
          onPress={() => onChange(moveBlock(letter, id, 1))}
        >
          <span aria-hidden="true">↓</span>
        </Button>
        <Button
          className="button small"
          aria-label={letterWords.addTo(rank)}
          onPress={() => onChange(addBlock(letter, id, added()))}
        >
          {letterWords.add}
        </Button>
        <Button
          className="button icon"
          aria-label={letterWords.remove(rank)}
          isDisabled={letter.blocks.length === 1}
          onPress={() => onChange(removeBlock(letter, id))}
        >
          <span aria-hidden="true">×</span>
        </Button>
      </div>
      {wrong && <span className="field-error">{formWords.unwritten.letters}</span>}
    </div>
  );
}
