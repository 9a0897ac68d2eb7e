declare module '@sealsystems/ipp' {
  /** Attribute values: one, or a list where there are several. Enums come and go as their keywords. */
  export type IppValue =
    | string
    | number
    | boolean
    | Date
    | readonly IppValue[]
    | { readonly [name: string]: IppValue };
  export type IppGroup = { readonly [name: string]: IppValue };
  export type IppMessage = {
    readonly statusCode?: string;
  } & { readonly [group: string]: IppGroup | readonly IppGroup[] | undefined };

  /** CommonJS that Node cannot take apart: it comes as one default export. */
  const ipp: {
    /** Syntax of each attribute by group; one that is not listed is left out of a request in silence. */
    readonly attributes: Readonly<Record<string, Record<string, unknown>>>;
    readonly serialize: (message: object) => Buffer;
    /** @throws Error where the bytes are no IPP message. */
    readonly parse: (bytes: Buffer) => IppMessage;
  };
  // biome-ignore lint/style/noDefaultExport: the library's own shape
  export default ipp;
}
