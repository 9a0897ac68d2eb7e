/** The content of a sheet, in comfortable type. Text only: what looks like HTML is shown as it was written. */
import type { SheetBlock } from '#shared/protocol/sheets.ts';
import { byPlace } from '../parts/by-place.ts';
import { sheetWords } from '../words/words.ts';

export function SheetBlocks({ content }: { readonly content: readonly SheetBlock[] }) {
  return (
    <div className="sheet-text">
      {byPlace(content).map(({ item, place }) => (
        <Block key={place} block={item} />
      ))}
    </div>
  );
}

function Block({ block }: { readonly block: SheetBlock }) {
  switch (block.kind) {
    case 'heading':
      return block.level === 1 ? <h3>{block.text}</h3> : <h4>{block.text}</h4>;
    case 'paragraph':
      return <p>{block.text}</p>;
    case 'link':
      return (
        <p>
          <OutsideLink address={block.address} text={block.text} />
        </p>
      );
    default: {
      const items = byPlace(block.items).map(({ item, place }) => <li key={place}>{item}</li>);
      return block.kind === 'steps' ? <ol>{items}</ol> : <ul>{items}</ul>;
    }
  }
}

/** Opens beside the console, which may be in a call. */
export function OutsideLink({ address, text }: { readonly address: string; readonly text: string }) {
  return (
    <a href={address} target="_blank" rel="noreferrer">
      {text} <span className="muted">{sheetWords.newTab}</span>
    </a>
  );
}
