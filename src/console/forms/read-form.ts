/** Reads a PDF's form (AcroForm, ISO 32000-1, 12.7) into a form model. */
import {
  decodePDFRawStream,
  PDFCheckBox,
  PDFDict,
  type PDFDocument,
  PDFDropdown,
  type PDFField,
  PDFName,
  PDFOptionList,
  PDFRadioGroup,
  PDFRawStream,
  PDFRef,
  PDFSignature,
  PDFTextField,
  type PDFWidgetAnnotation,
} from '@cantoo/pdf-lib';
import { fail, type Result, succeed } from '#shared/failure.ts';
import { formatOfScript, formatOfWords } from './dates.ts';
import { labelOf, readableName, textOf } from './field-label.ts';
import type { FormField, FormModel, FormWidget } from './form-model.ts';
import { openPdf } from './open-pdf.ts';
import { type PageSpace, pageSpace } from './page-space.ts';
import { plainText } from './plain-text.ts';

const FIELDS_LIMIT = 1_000;
/** Annotation flags (table 165): neither is drawn, so nobody can fill it. */
const HIDDEN = 1 << 1;
const NO_VIEW = 1 << 5;
/** Fields on one line of the page, give or take this fraction of its height. */
const LINE = 0.012;

/** A page without fields is a form without fields. Failures: documentEncrypted, documentTooManyPages, documentBroken. */
export async function readForm(bytes: Uint8Array): Promise<Result<FormModel>> {
  const opened = await openPdf(bytes);
  if (!opened.ok) return opened;
  try {
    return succeed(modelOf(opened.value));
  } catch {
    // The library throws wherever a form's objects are not what they should be.
    return fail('documentBroken');
  }
}

function modelOf(document: PDFDocument): FormModel {
  const spaces = document.getPages().map(pageSpace);
  const pages = spaces.map(({ width, height }) => ({ width, height }));
  if (!document.catalog.has(PDFName.of('AcroForm'))) return { pages, fields: [] };
  const places = widgetPages(document);
  const fields = document
    .getForm()
    .getFields()
    .slice(0, FIELDS_LIMIT)
    .flatMap((field) => fieldOf(field, document, places, spaces) ?? []);
  return { pages, fields: fields.sort(inReadingOrder) };
}

/** The index of the page that lists each widget: /P may be missing or wrong, /Annots is what is drawn. */
function widgetPages(document: PDFDocument): Map<PDFDict, number> {
  const found = new Map<PDFDict, number>();
  for (const [index, page] of document.getPages().entries()) {
    const annotations = page.node.Annots();
    for (let at = 0; at < (annotations?.size() ?? 0); at += 1) {
      const dict = annotations?.lookup(at);
      if (dict instanceof PDFDict) found.set(dict, index);
    }
  }
  return found;
}

function fieldOf(
  field: PDFField,
  document: PDFDocument,
  places: ReadonlyMap<PDFDict, number>,
  spaces: readonly PageSpace[],
): FormField | null {
  const drawn = field.acroField.getWidgets();
  const widgets = drawn.flatMap((widget) => widgetOf(widget, places, spaces) ?? []).sort(byPlace);
  if (widgets.length === 0) return null;
  const name = field.getName();
  const label = labelOf(name, [field.acroField.dict, ...drawn.map(({ dict }) => dict)]);
  const base = { name, label, required: field.isRequired(), readOnly: field.isReadOnly(), widgets };

  if (field instanceof PDFTextField) return textFieldOf(field, base, document);
  if (field instanceof PDFSignature) {
    return { ...base, kind: 'signature', signed: field.acroField.dict.has(PDFName.of('V')) };
  }
  if (field instanceof PDFCheckBox || field instanceof PDFRadioGroup) return buttonsOf(field, base);
  if (field instanceof PDFDropdown || field instanceof PDFOptionList) {
    const several = field.isMultiselect();
    const editable = field instanceof PDFDropdown && field.isEditable();
    const options = optionsOf(field);
    // Some programs keep the words in place of the value.
    const chosen = field
      .getSelected()
      .map((text) => options.find(({ value, label }) => text === value || text === label)?.value ?? text);
    const value = several ? chosen : chosen.slice(0, 1);
    return { ...withoutOptions(base), kind: 'choice', value, options, several, editable };
  }
  return null;
}

function widgetOf(
  widget: PDFWidgetAnnotation,
  places: ReadonlyMap<PDFDict, number>,
  spaces: readonly PageSpace[],
): FormWidget | null {
  const index = places.get(widget.dict);
  if (index === undefined || (widget.getFlags() & (HIDDEN | NO_VIEW)) !== 0) return null;
  const place = spaces[index]?.toPlace(widget.getRectangle());
  return place ? { page: index + 1, place, option: widget.getOnValue()?.decodeText() ?? null } : null;
}

type Base = Pick<FormField, 'name' | 'label' | 'required' | 'readOnly' | 'widgets'>;

function textFieldOf(field: PDFTextField, base: Base, document: PDFDocument): FormField {
  const maxLength = field.getMaxLength() ?? null;
  const comb = field.isCombed() && maxLength !== null;
  const align = (['left', 'center', 'right'] as const)[field.getAlignment()] ?? 'left';
  const scripts = [field.acroField.dict, ...field.acroField.getWidgets().map(({ dict }) => dict)]
    .flatMap((dict) => scriptsOf(dict, document))
    .join('\n');
  const dateFormat =
    formatOfScript(scripts) ??
    formatOfWords(`${base.label} ${readableName(base.name)}`, comb ? maxLength : null) ??
    formatOfWords(base.label, comb ? maxLength : null);
  return {
    ...withoutOptions(base),
    kind: 'text',
    value: plainText(field),
    multiline: field.isMultiline(),
    align,
    maxLength: maxLength === 0 ? null : maxLength,
    comb,
    dateFormat,
  };
}

/** Scripts that format (F) or filter (K) what is typed; they are read, never run. */
function scriptsOf(dict: PDFDict, document: PDFDocument): string[] {
  const actions = dict.lookup(PDFName.of('AA'));
  if (!(actions instanceof PDFDict)) return [];
  return ['F', 'K'].flatMap((key) => {
    const action = actions.lookup(PDFName.of(key));
    if (!(action instanceof PDFDict)) return [];
    const inline = textOf(action, 'JS');
    if (inline !== null) return [inline];
    const reference = action.get(PDFName.of('JS'));
    const stream = reference instanceof PDFRef ? document.context.lookup(reference) : reference;
    if (!(stream instanceof PDFRawStream)) return [];
    return [new TextDecoder('latin1').decode(decodePDFRawStream(stream).decode().subarray(0, 10_000))];
  });
}

/** Check boxes that share a name but not an option are a radio group in all but name. */
function buttonsOf(field: PDFCheckBox | PDFRadioGroup, base: Base): FormField {
  const options = [...new Set(base.widgets.flatMap(({ option }) => option ?? []))];
  const chosen = field.acroField.getValue().decodeText();
  if (field instanceof PDFCheckBox && options.length < 2) {
    return { ...withoutOptions(base), kind: 'checkBox', value: field.isChecked() };
  }
  const exported = field.acroField.getExportValues()?.map((text) => text.decodeText());
  return {
    ...base,
    kind: 'radio',
    value: options.includes(chosen) ? chosen : '',
    options: options.map((value) => ({
      value,
      // On-values that only count point into the list of export values.
      label: readableName((/^\d+$/.test(value) && exported?.[Number(value)]) || value),
    })),
  };
}

function withoutOptions(base: Base): Base {
  return { ...base, widgets: base.widgets.map((widget) => ({ ...widget, option: null })) };
}

/** Each option's own value, and the words that the form shows for it. */
function optionsOf(field: PDFDropdown | PDFOptionList): { value: string; label: string }[] {
  return field.acroField.getOptions().map(({ value, display }) => ({
    value: value.decodeText(),
    label: (display ?? value).decodeText(),
  }));
}

function byPlace(one: FormWidget, other: FormWidget): number {
  if (one.page !== other.page) return one.page - other.page;
  const [middle, otherMiddle] = [one, other].map(({ place }) => place.y + Math.min(place.height, LINE) / 2);
  const below = (middle ?? 0) - (otherMiddle ?? 0);
  return Math.abs(below) > LINE ? below : one.place.x - other.place.x;
}

function inReadingOrder(one: FormField, other: FormField): number {
  const [first, second] = [one.widgets[0], other.widgets[0]];
  return first && second ? byPlace(first, second) : 0;
}
