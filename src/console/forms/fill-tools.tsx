/** What the counsellor can do on the page, and which page it is. */
import { Button, ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import type { DeskPlace } from '#shared/desk-live.ts';
import { formWords } from '../words/words.ts';
import { type FillView, TOOLS, type Tool } from './fill-view.ts';

interface Props {
  readonly view: FillView;
  readonly pages: number;
  readonly hasFields: boolean;
  readonly onView: (change: Partial<FillView>) => void;
  readonly onPage: (page: number) => void;
  readonly onPlace: (place: DeskPlace) => void;
}

/** For who has no mouse: laid here, then moved with the arrows. */
const MIDDLE: DeskPlace = { x: 0.4, y: 0.48, width: 0, height: 0 };

export function FillTools({ view, pages, hasFields, onView, onPage, onPlace }: Props) {
  return (
    <div className="fill-tools">
      <ToggleButtonGroup
        className="fill-toolbar"
        aria-label={formWords.tools}
        selectionMode="single"
        disallowEmptySelection
        selectedKeys={[view.tool]}
        onSelectionChange={(keys) => {
          const tool = TOOLS.find((one) => keys.has(one));
          if (tool) onView({ tool, pointer: null });
        }}
      >
        {TOOLS.map((tool) => (
          <ToggleButton key={tool} id={tool} className="button small">
            {tool === 'field' && !hasFields ? formWords.toolMove : formWords.tool[tool]}
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
      <div className="fill-pages">
        <Button
          className="button icon"
          aria-label={formWords.previous}
          isDisabled={view.page <= 1}
          onPress={() => onPage(view.page - 1)}
        >
          <span aria-hidden="true">‹</span>
        </Button>
        <span>{formWords.pageOf(view.page, pages)}</span>
        <Button
          className="button icon"
          aria-label={formWords.next}
          isDisabled={view.page >= pages}
          onPress={() => onPage(view.page + 1)}
        >
          <span aria-hidden="true">›</span>
        </Button>
      </div>
      <p className="muted fill-tool-note">
        {view.tool === 'field' && !hasFields ? formWords.toolMoveNote : formWords.toolNote[view.tool]}{' '}
        {view.pointer ? (
          <Button className="button small quiet" onPress={() => onView({ pointer: null })}>
            {formWords.stopPointing}
          </Button>
        ) : (
          view.tool !== 'field' && (
            <Button className="button small quiet" onPress={() => onPlace(MIDDLE)}>
              {formWords.middle}
            </Button>
          )
        )}
      </p>
    </div>
  );
}

/** Which tools lay something that stays. */
export function laysMark(tool: Tool): tool is 'text' | 'tick' | 'highlight' {
  return tool === 'text' || tool === 'tick' || tool === 'highlight';
}
