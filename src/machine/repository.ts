/** Where this machine takes our packages from: the one source that it trusts, and the channel of it. */
import { existsSync, readFileSync } from 'node:fs';
import { type UpdateChannel, updateChannel } from '#shared/machine/update-report.ts';
import { writeWhole } from './whole-file.ts';

export const SOURCE_LIST = '/etc/apt/sources.list.d/vis-a-vis.list';
/** Of vis-a-vis-archive-keyring, by which a new key comes before it signs. */
const TRUSTED_KEY = '/usr/share/keyrings/vis-a-vis-archive-keyring.gpg';

export interface Source {
  /** https://…, or file:/… for a folder that is carried here. */
  readonly address: string;
  readonly channel: UpdateChannel;
}

const LINE = /^deb \[[^\]]*\] (\S+) (\S+) main$/m;

/** Null: none was set up. */
export function readSource(list: string = SOURCE_LIST): Source | null {
  const [, address, suite] = (existsSync(list) && LINE.exec(readFileSync(list, 'utf8'))) || [];
  const channel = updateChannel.safeParse(suite);
  return address && channel.success ? { address, channel: channel.data } : null;
}

/** Both checks are Debian's defaults; written here, no other setting of the machine turns them off. */
export function writeSource({ address, channel }: Source, list: string = SOURCE_LIST): void {
  const line = `deb [signed-by=${TRUSTED_KEY} check-date=yes check-valid-until=yes] ${address} ${channel} main\n`;
  writeWhole(list, line, 0o644);
}
