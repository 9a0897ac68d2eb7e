/**
 * PDFium (WebAssembly) behind four calls. The PDF cannot leave the engine's memory; the engine's memory is bounded. It
 * runs in pdf-worker.ts, which is ended when a page takes too long.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { PDFiumModule } from '@hyzyla/pdfium';
import { fail, type Result, succeed } from '#shared/failure.ts';

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

export interface RawPicture {
  /** RGBA, opaque. */
  readonly pixels: Uint8Array<ArrayBuffer>;
  readonly width: number;
  readonly height: number;
}

export interface PdfEngine {
  /** Takes the place of the document open before. Failures: documentEncrypted, documentBroken. */
  readonly open: (bytes: Uint8Array) => Result<{ readonly pages: number }>;
  /** Every page has a size and the first and last can be read. */
  readonly isSound: () => boolean;
  /** A page (from 1) fitted in maxWidth x maxHeight pixels. Failures: notFound, documentBroken. */
  readonly draw: (page: number, maxWidth: number, maxHeight: number) => Result<RawPicture>;
}

/** @throws when the engine itself cannot start; its calls throw when it ran out of memory: start another then. */
export async function startPdfEngine(): Promise<PdfEngine> {
  const pdfium = await PDFiumModule({ instantiateWasm });
  pdfium._FPDF_InitLibraryWithConfig({});
  const { malloc, free } = pdfium.wasmExports;
  // The engine has it, its types do not.
  const permissionsOf = Reflect.get(pdfium, '_FPDF_GetDocPermissions') as (document: number) => number;
  let document = 0;
  let memory = 0;
  let form = 0;
  let formInfo = 0;
  let pages = 0;

  function close(): void {
    if (form) pdfium._FPDFDOC_ExitFormFillEnvironment(form);
    if (document) pdfium._FPDF_CloseDocument(document);
    if (formInfo) free(formInfo);
    if (memory) free(memory);
    document = 0;
    memory = 0;
    form = 0;
    formInfo = 0;
    pages = 0;
  }

  function open(bytes: Uint8Array): Result<{ pages: number }> {
    close();
    memory = malloc(bytes.length);
    if (!memory) return fail('documentBroken');
    pdfium.HEAPU8.set(bytes, memory);
    document = pdfium._FPDF_LoadMemDocument(memory, bytes.length, 0);
    if (!document) {
      const error = pdfium._FPDF_GetLastError();
      close();
      return fail(
        error === ERROR_PASSWORD || error === ERROR_SECURITY ? 'documentEncrypted' : 'documentBroken',
      );
    }
    // Shown without a password, but CUPS would refuse to print it, for ever and without a word.
    if ((permissionsOf(document) & MAY_PRINT) === 0) {
      close();
      return fail('documentEncrypted');
    }
    pages = pdfium._FPDF_GetPageCount(document);
    openForm();
    return pages > 0 ? succeed({ pages }) : fail('documentBroken');
  }

  /** Without this the fields that the counsellor filled would not be drawn. */
  function openForm(): void {
    // FPDF_FORMFILLINFO, version 2, no callbacks: no script runs, nothing is asked of us.
    const size = 256;
    formInfo = malloc(size);
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

  function drawOn(page: number, width: number, height: number): RawPicture | null {
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
      return { pixels: new Uint8Array(pdfium.HEAPU8.subarray(pointer, pointer + size)), width, height };
    } finally {
      free(pointer);
    }
  }

  return {
    open,
    isSound: () => [0, pages - 1].every((index) => withPage(index, () => true) === true),
    draw(page, maxWidth, maxHeight) {
      if (page > pages) return fail('notFound');
      const drawn = withPage(page - 1, (handle, points, pointsHigh) => {
        const scale = Math.min(maxWidth / points, maxHeight / pointsHigh);
        const width = Math.min(maxWidth, Math.max(1, Math.round(points * scale)));
        const height = Math.min(maxHeight, Math.max(1, Math.round(pointsHigh * scale)));
        return drawOn(handle, width, height);
      });
      return drawn ? succeed(drawn) : fail('documentBroken');
    },
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
