/** What the desk shows of a draft: only what the page's own picture does not show already, and what is being written. */
import { DESK_LIVE_LIMIT, type DeskLive, type DeskMark } from '#shared/desk-live.ts';
import { currentValue } from './check-fields.ts';
import type { FillDraft, LaidMark } from './fill-draft.ts';
import type { FieldValue, FillableField, FormModel, FormWidget } from './form-model.ts';

/** What the counsellor is at. */
export interface At {
  /** From 1. */
  readonly page: number;
  /** A field's name or a laid mark's id. */
  readonly focus: string | null;
  readonly pointer: { readonly x: number; readonly y: number } | null;
}

interface Named {
  readonly key: string;
  readonly mark: DeskMark;
}

/** Room for what is not marks. */
const MARKS_LIMIT = DESK_LIVE_LIMIT - 2_000;
const MARKS_COUNT = 1_000;

export function liveOfDraft(model: FormModel, draft: FillDraft, { page, focus, pointer }: At): DeskLive {
  const named = [
    ...model.fields.flatMap((field) => (field.kind === 'signature' ? [] : marksOfField(field, draft, focus))),
    ...draft.laid.map((mark) => ({ key: mark.id, mark: markOfLaid(mark, model) })),
  ];
  // What does not fit into one message is left out of the pages that are not looked at.
  const sorted = [
    ...named.filter(({ mark }) => mark.page === page),
    ...named.filter(({ mark }) => mark.page !== page),
  ];
  const marks: DeskMark[] = [];
  let length = 0;
  for (const { mark } of sorted) {
    length += JSON.stringify(mark).length + 1;
    if (length > MARKS_LIMIT || marks.length === MARKS_COUNT) break;
    marks.push(mark);
  }
  const focused =
    focus === null ? -1 : sorted.findIndex(({ key, mark }) => key === focus && mark.page === page);
  return {
    documentId: draft.documentId,
    marks,
    focus: focused >= 0 && focused < marks.length ? focused : null,
    pointer: pointer && { page, ...pointer },
    signHere: draft.signHere,
  };
}

function marksOfField(field: FillableField, draft: FillDraft, focus: string | null): Named[] {
  const isFocused = focus === field.name;
  const changed = field.name in draft.values;
  if (!isFocused && !changed) return [];
  const value = currentValue(field, draft.values);
  const covers = changed && field.value.toString() !== '' && field.value !== false;
  const named = (widget: FormWidget, part: Partial<DeskMark>): Named => ({
    key: field.name,
    mark: { ...blank, page: widget.page, place: rounded(widget), label: short(field.label), covers, ...part },
  });
  switch (field.kind) {
    case 'text':
      return field.widgets.map((widget) =>
        named(widget, {
          text: short(String(value), 4_000),
          comb: field.comb ? field.maxLength : null,
          multiline: field.multiline,
          align: field.align,
        }),
      );
    case 'choice':
      return field.widgets.map((widget) =>
        named(widget, { text: short(wordsOf(field.options, value), 4_000) }),
      );
    case 'checkBox':
      return field.widgets.map((widget) => named(widget, { kind: 'tick', text: value === true ? 'x' : '' }));
    case 'radio': {
      const ticks = field.widgets.map((widget) => {
        const words = field.options.find((option) => option.value === widget.option)?.label ?? '';
        const isOn = widget.option !== null && widget.option === value;
        return named(widget, {
          kind: 'tick',
          text: isOn ? 'x' : '',
          label: short(`${field.label}\u00a0: ${words}`),
        });
      });
      // The one chosen comes first: it is the one shown large.
      return [...ticks].sort((one, other) => other.mark.text.length - one.mark.text.length);
    }
  }
}

function wordsOf(
  options: readonly { readonly value: string; readonly label: string }[],
  value: FieldValue,
): string {
  if (!Array.isArray(value)) return '';
  return value.map((one) => options.find((option) => option.value === one)?.label ?? one).join(', ');
}

function markOfLaid({ kind, page, place, text, size }: LaidMark, model: FormModel): DeskMark {
  const height = model.pages[page - 1]?.height ?? 842;
  const isText = kind === 'text';
  return {
    ...{ ...blank, page, kind, place: rounded({ place }), multiline: isText },
    text: kind === 'tick' ? 'x' : text,
    size: isText ? Math.min(1, size / height) : null,
  };
}

const blank: Omit<DeskMark, 'page' | 'place'> = {
  ...{ kind: 'text', label: '', text: '', size: null, comb: null },
  ...{ multiline: false, align: 'left', covers: false },
};

/** To a tenth of a millimetre on paper, which keeps the message small. */
function rounded({ place }: Pick<FormWidget, 'place'>): DeskMark['place'] {
  const cut = (part: number) => Math.round(part * 10_000) / 10_000;
  return { x: cut(place.x), y: cut(place.y), width: cut(place.width), height: cut(place.height) };
}

function short(text: string, limit = 200): string {
  return text.slice(0, limit);
}
