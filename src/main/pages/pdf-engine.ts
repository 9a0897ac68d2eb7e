/**
 * PDFium (WebAssembly) behind three calls. The PDF cannot leave the engine's memory; the engine's memory is bounded. It
 * runs in pages-process.ts, which is ended when a page takes too long.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { PDFiumModule } from '@hyzyla/pdfium';
import { fail, type Result, succeed } from '#shared/failure.ts';
import { A4_PIXELS, type OpenedDocument, PAPER_DPI, UNITS_PER_INCH } from './contract.ts';
import type { DrawnPixels } from './page-rows.ts';

/** Bytes the engine may use for a document, its fonts, its images and the picture drawn. */
const HEAP_LIMIT = 768 * 1024 * 1024;

// fpdfview.h
const ERROR_PASSWORD = 4;
const ERROR_SECURITY = 5;
/** FPDF_GetDocPermissions: bit 3 of a protected document's permissions (ISO 32000-1, table 22). */
const MAY_PRINT = 0x04;
const FORMAT_BGRA = 4;
const ANNOTATIONS = 0x01;
const REVERSE_BYTE_ORDER = 0x10;
const WHITE = 0xffffffff;

/** Two points: what is within is A4 that was rounded. */
const A4_TOLERANCE = Math.round((2 / UNITS_PER_INCH) * PAPER_DPI);
/** FPDF_GetFormType: an XFA form whose pages only a program that runs its script can make. */
const FORM_XFA_FULL = 2;
/** Pages that are said to have been made smaller; more of them say nothing new. */
const FITTED_SAID = 20;

/** Copies bytes of the document from `at` into `into`; returns how many, 0 at its end. */
export type ReadDocument = (at: number, into: Uint8Array) => number;

export interface PdfEngine {
  /** Once. Failures: documentEncrypted, documentBroken. */
  readonly open: (size: number, read: ReadDocument) => Result<{ readonly pages: number }>;
  /** Failures: documentTooManyPages, documentDynamic, documentBroken (a page without a size, or one that cannot be read). */
  readonly check: (maxPages: number) => Result<OpenedDocument>;
  /** A page (from 1) at PAPER_DPI, smaller where it is larger than A4. Failures: notFound, documentBroken. */
  readonly draw: (page: number) => Result<DrawnPixels>;
}

/** @throws when the engine itself cannot start; its calls throw when it ran out of memory: start another then. */
export async function startPdfEngine(): Promise<PdfEngine> {
  const pdfium = await PDFiumModule({ instantiateWasm });
  pdfium._FPDF_InitLibraryWithConfig({});
  const { malloc, free } = pdfium.wasmExports;
  // The engine has it, its types do not.
  const permissionsOf = Reflect.get(pdfium, '_FPDF_GetDocPermissions') as (document: number) => number;
  const formTypeOf = Reflect.get(pdfium, '_FPDF_GetFormType') as (document: number) => number;
  const sizeByIndex = Reflect.get(pdfium, '_FPDF_GetPageSizeByIndexF') as (
    document: number,
    index: number,
    size: number,
  ) => number;
  let document = 0;
  let form = 0;
  let pages = 0;

  function open(size: number, read: ReadDocument): Result<{ pages: number }> {
    const memory = malloc(size);
    if (!memory) return fail('documentBroken');
    for (let at = 0; at < size; ) {
      const got = read(at, pdfium.HEAPU8.subarray(memory + at, memory + size));
      if (got === 0) return fail('documentBroken');
      at += got;
    }
    document = pdfium._FPDF_LoadMemDocument(memory, size, 0);
    if (!document) {
      const error = pdfium._FPDF_GetLastError();
      return fail(
        error === ERROR_PASSWORD || error === ERROR_SECURITY ? 'documentEncrypted' : 'documentBroken',
      );
    }
    // Its author forbids it.
    if ((permissionsOf(document) & MAY_PRINT) === 0) return fail('documentEncrypted');
    pages = pdfium._FPDF_GetPageCount(document);
    openForm();
    return pages > 0 ? succeed({ pages }) : fail('documentBroken');
  }

  /** Without this the fields that the counsellor filled would not be drawn. */
  function openForm(): void {
    // FPDF_FORMFILLINFO, version 2, no callbacks: no script runs, nothing is asked of us.
    const size = 256;
    const formInfo = malloc(size);
    if (!formInfo) return;
    pdfium.HEAPU8.fill(0, formInfo, formInfo + size);
    pdfium.HEAPU8[formInfo] = 2;
    form = pdfium._FPDFDOC_InitFormFillEnvironment(document, formInfo);
  }

  function withPage<T>(index: number, use: (page: number, width: number, height: number) => T): T | null {
    const page = pdfium._FPDF_LoadPage(document, index);
    if (!page) return null;
    try {
      const width = pdfium._FPDF_GetPageWidth(page);
      const height = pdfium._FPDF_GetPageHeight(page);
      return width > 0 && height > 0 ? use(page, width, height) : null;
    } finally {
      pdfium._FPDF_ClosePage(page);
    }
  }

  /** As it is shown (cropped, turned), without reading the page; null: it has none. */
  function sizeOf(index: number): SizeOnPaper | null {
    // FS_SIZEF: width and height as 32-bit floats.
    const pointer = malloc(8);
    if (!pointer) return null;
    try {
      if (!sizeByIndex(document, index, pointer)) return null;
      const view = new DataView(pdfium.HEAPU8.buffer, pointer, 8);
      const [points, pointsHigh] = [view.getFloat32(0, true), view.getFloat32(4, true)];
      return points > 0 && pointsHigh > 0 ? sizeOnPaper(points, pointsHigh) : null;
    } finally {
      free(pointer);
    }
  }

  function drawOn(page: number, width: number, height: number): DrawnPixels | null {
    const stride = width * 4;
    const size = stride * height;
    const pointer = malloc(size);
    if (!pointer) return null;
    try {
      const bitmap = pdfium._FPDFBitmap_CreateEx(width, height, FORMAT_BGRA, pointer, stride);
      if (!bitmap) return null;
      const flags = ANNOTATIONS | REVERSE_BYTE_ORDER;
      pdfium._FPDFBitmap_FillRect(bitmap, 0, 0, width, height, WHITE);
      if (form) pdfium._FORM_OnAfterLoadPage(page, form);
      pdfium._FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, flags);
      if (form) {
        pdfium._FPDF_FFLDraw(form, bitmap, page, 0, 0, width, height, 0, REVERSE_BYTE_ORDER);
        pdfium._FORM_OnBeforeClosePage(page, form);
      }
      pdfium._FPDFBitmap_Destroy(bitmap);
      const bytes = pdfium.HEAPU8.slice(pointer, pointer + size);
      return { pixels: new Uint32Array(bytes.buffer), width, height };
    } finally {
      free(pointer);
    }
  }

  return {
    open,
    check(maxPages) {
      if (pages > maxPages) return fail('documentTooManyPages');
      if (formTypeOf(document) === FORM_XFA_FULL) return fail('documentDynamic');
      const fitted: number[] = [];
      for (let index = 0; index < pages; index += 1) {
        const size = sizeOf(index);
        if (!size) return fail('documentBroken');
        if (size.isFitted && fitted.length < FITTED_SAID) fitted.push(index + 1);
      }
      const canBeRead = [0, pages - 1].every((index) => withPage(index, () => true) === true);
      return canBeRead ? succeed({ pages, fitted }) : fail('documentBroken');
    },
    draw(page) {
      if (page > pages) return fail('notFound');
      const drawn = withPage(page - 1, (handle, points, pointsHigh) => {
        const { width, height } = sizeOnPaper(points, pointsHigh);
        return drawOn(handle, width, height);
      });
      return drawn ? succeed(drawn) : fail('documentBroken');
    },
  };
}

interface SizeOnPaper {
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  /** It is larger than A4. */
  readonly isFitted: boolean;
}

/** Of a page's picture, from the page's size in points. */
function sizeOnPaper(points: number, pointsHigh: number): SizeOnPaper {
  const wide = (points / UNITS_PER_INCH) * PAPER_DPI;
  const high = (pointsHigh / UNITS_PER_INCH) * PAPER_DPI;
  const { short, long } = A4_PIXELS;
  const [mostWide, mostHigh] = wide > high ? [long, short] : [short, long];
  const scale = Math.min(1, mostWide / wide, mostHigh / high);
  return {
    width: Math.min(mostWide, Math.max(1, Math.round(wide * scale))),
    height: Math.min(mostHigh, Math.max(1, Math.round(high * scale))),
    isFitted: wide > mostWide + A4_TOLERANCE || high > mostHigh + A4_TOLERANCE,
  };
}

type WasmImports = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** The little of WebAssembly that is used here: Node's types leave it to the DOM's. */
const wasm = (
  globalThis as unknown as {
    readonly WebAssembly: {
      readonly Module: new (bytes: Uint8Array) => object;
      readonly Instance: new (module: object, imports: WasmImports) => { readonly exports: object };
    };
  }
).WebAssembly;

/** As the library does it, but growth beyond HEAP_LIMIT is refused: allocation fails instead of eating the machine. */
function instantiateWasm(imports: WasmImports, done: (instance: object) => void): object {
  const grow = imports.env?.emscripten_resize_heap as (size: number) => unknown;
  const env = {
    ...imports.env,
    emscripten_resize_heap: (size: number) => (size >>> 0 > HEAP_LIMIT ? 0 : grow(size)),
  };
  const bytes = readFileSync(createRequire(import.meta.url).resolve('@hyzyla/pdfium/pdfium.wasm'));
  const instance = new wasm.Instance(new wasm.Module(bytes), { ...imports, env });
  done(instance);
  return instance.exports;
}
