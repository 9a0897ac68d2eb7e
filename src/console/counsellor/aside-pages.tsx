/** What goes into no document: empty pages, and those that the counsellor put away. Nothing is lost before the visit ends. */
import { Button } from 'react-aria-components';
import { words } from '../words/words.ts';
import type { KeptPage } from './use-scan-result.ts';

interface Props {
  readonly pages: readonly KeptPage[];
  readonly onTakeBack: (original: string) => void;
}

export function AsidePages({ pages, onTakeBack }: Props) {
  return (
    <div className="scan-aside">
      <h3>{words.scan.asideTitle(pages.length)}</h3>
      <ul>
        {pages.map(({ page, state }, index) => (
          <li key={page.original}>
            {state.kind === 'here' && <img src={state.url} alt="" width={page.width} height={page.height} />}
            <span>{page.blank ? words.scan.asideBlank : words.scan.asideOther}</span>
            <Button
              className="button small"
              aria-label={words.scan.takeBackNamed(index + 1)}
              onPress={() => onTakeBack(page.original)}
            >
              {words.scan.takeBack}
            </Button>
          </li>
        ))}
      </ul>
    </div>
  );
}
