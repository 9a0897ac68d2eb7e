import { Button } from 'react-aria-components';
import { sheetWords } from '../words/words.ts';
import {
  addBlock,
  changeBlock,
  DRAFT_KINDS,
  type DraftBlock,
  moveBlock,
  removeBlock,
  type SheetDraft,
} from './sheet-draft.ts';

interface Props {
  readonly draft: SheetDraft;
  readonly block: DraftBlock;
  /** From 1. */
  readonly rank: number;
  readonly wrong: boolean;
  readonly onChange: (draft: SheetDraft) => void;
}

export function BlockEditor({ draft, block, rank, wrong, onChange }: Props) {
  const { id, kind, text, address } = block;
  const change = (part: Partial<DraftBlock>) => onChange(changeBlock(draft, id, part));
  const isLine = kind === 'heading' || kind === 'subheading' || kind === 'link';
  return (
    <div className={`sheet-block ${kind}`}>
      <textarea
        className="react-aria-TextArea"
        aria-label={sheetWords.block(rank)}
        placeholder={sheetWords.hints[kind]}
        rows={isLine ? 1 : 3}
        spellCheck
        value={text}
        onChange={({ target }) => change({ text: target.value })}
      />
      {kind === 'link' && (
        <input
          className="react-aria-Input"
          type="url"
          inputMode="url"
          aria-label={sheetWords.address(rank)}
          placeholder="https://"
          value={address}
          onChange={({ target }) => change({ address: target.value })}
        />
      )}
      {wrong && (
        <span className="field-error" role="alert">
          {kind === 'link' ? sheetWords.wrong.address : sheetWords.wrong.block}
        </span>
      )}
      <div className="sheet-block-tools">
        <select
          aria-label={sheetWords.kind(rank)}
          value={kind}
          onChange={({ target }) => {
            const next = DRAFT_KINDS.find((one) => one === target.value);
            if (next) change({ kind: next });
          }}
        >
          {DRAFT_KINDS.map((one) => (
            <option key={one} value={one}>
              {sheetWords.kinds[one]}
            </option>
          ))}
        </select>
        <Button
          className="button icon"
          aria-label={sheetWords.up(rank)}
          isDisabled={rank === 1}
          onPress={() => onChange(moveBlock(draft, id, -1))}
        >
          <span aria-hidden="true">↑</span>
        </Button>
        <Button
          className="button icon"
          aria-label={sheetWords.down(rank)}
          isDisabled={rank === draft.blocks.length}
          onPress={() => onChange(moveBlock(draft, id, 1))}
        >
          <span aria-hidden="true">↓</span>
        </Button>
        <Button
          className="button small"
          aria-label={sheetWords.addTo(rank)}
          onPress={() => onChange(addBlock(draft, id))}
        >
          {sheetWords.add}
        </Button>
        <Button
          className="button icon"
          aria-label={sheetWords.remove(rank)}
          onPress={() => onChange(removeBlock(draft, id))}
        >
          <span aria-hidden="true">×</span>
        </Button>
      </div>
    </div>
  );
}
