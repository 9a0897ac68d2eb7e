/** The content of a sheet, in comfortable type. Text only: what looks like HTML is shown as it was written. */
import type { SheetBlock } from '#shared/protocol/sheets.ts';
import { sheetWords } from '../words/words.ts';

export function SheetBlocks({ content }: { readonly content: readonly SheetBlock[] }) {
  return (
    <div className="sheet-text">
      {content.map((block, at) => (
        // A sheet that is read does not change its blocks' places.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <Block key={at} block={block} />
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
      const items = block.items.map((item, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <li key={at}>{item}</li>
      ));
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
