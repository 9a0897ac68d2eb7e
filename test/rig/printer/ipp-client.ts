/** As much of IPP (RFC 8010) as the rig needs to look at a printer with eyes that are not the terminal's own. */
const OPERATIONS = { 'Print-Job': 0x0002, 'Get-Job-Attributes': 0x0009, 'Get-Printer-Attributes': 0x000b };
const TAG = {
  operation: 0x01,
  end: 0x03,
  keyword: 0x44,
  uri: 0x45,
  charset: 0x47,
  language: 0x48,
  name: 0x42,
};
const FIRST_VALUE_TAG = 0x10;
const INTEGER_TAGS = [0x21, 0x23];

export type IppAttributes = Readonly<Record<string, readonly (string | number)[]>>;

/** @throws Error if nothing answers, or not with success. */
export async function askIpp(
  operation: keyof typeof OPERATIONS,
  target: { readonly printer: string } | { readonly job: string },
  options: { readonly wanted?: readonly string[]; readonly jobName?: string; readonly data?: Buffer } = {},
): Promise<IppAttributes> {
  const uri = 'job' in target ? target.job : target.printer;
  const start = Buffer.from([2, 0, 0, OPERATIONS[operation], 0, 0, 0, 1, TAG.operation]);
  const message = Buffer.concat([
    start,
    attribute(TAG.charset, 'attributes-charset', 'utf-8'),
    attribute(TAG.language, 'attributes-natural-language', 'en'),
    attribute(TAG.uri, 'job' in target ? 'job-uri' : 'printer-uri', uri),
    ...(options.jobName ? [attribute(TAG.name, 'job-name', options.jobName)] : []),
    ...(options.wanted ?? []).map((name, index) =>
      attribute(TAG.keyword, index === 0 ? 'requested-attributes' : '', name),
    ),
    Buffer.from([TAG.end]),
    options.data ?? Buffer.alloc(0),
  ]);
  const answer = await fetch(uri.replace(/^ipp:/, 'http:'), {
    method: 'POST',
    headers: { 'content-type': 'application/ipp' },
    body: message,
    signal: AbortSignal.timeout(5_000),
  });
  const bytes = Buffer.from(await answer.arrayBuffer());
  const status = bytes.length > 8 ? bytes.readUInt16BE(2) : -1;
  if (status < 0 || status >= 0x0100) throw new Error(`${operation} was refused: 0x${status.toString(16)}.`);
  return parse(bytes);
}

export async function isJobCancelled(jobUri: string): Promise<boolean> {
  const attributes = await askIpp('Get-Job-Attributes', { job: jobUri }, { wanted: ['job-state-reasons'] });
  return (attributes['job-state-reasons'] ?? []).some((reason) =>
    /processing-to-stop-point|canceled/.test(String(reason)),
  );
}

function attribute(tag: number, name: string, value: string): Buffer {
  return Buffer.concat([
    Buffer.from([tag]),
    Buffer.from([name.length >> 8, name.length & 0xff]),
    Buffer.from(name),
    Buffer.from([value.length >> 8, value.length & 0xff]),
    Buffer.from(value),
  ]);
}

function parse(bytes: Buffer): IppAttributes {
  const attributes: Record<string, (string | number)[]> = {};
  let name = '';
  for (let at = 8; at < bytes.length; ) {
    const tag = bytes.readUInt8(at);
    at += 1;
    if (tag === TAG.end) break;
    if (tag < FIRST_VALUE_TAG) continue;
    const nameLength = bytes.readUInt16BE(at);
    if (nameLength > 0) name = bytes.toString('utf8', at + 2, at + 2 + nameLength);
    at += 2 + nameLength;
    const valueLength = bytes.readUInt16BE(at);
    const value = bytes.subarray(at + 2, at + 2 + valueLength);
    at += 2 + valueLength;
    attributes[name] ??= [];
    attributes[name]?.push(INTEGER_TAGS.includes(tag) ? value.readInt32BE(0) : value.toString('utf8'));
  }
  return attributes;
}
