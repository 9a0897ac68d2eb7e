/** What is to be scanned, in words, and where the paper is, which the scanner finds by itself. */
import { Label, Radio, RadioGroup } from 'react-aria-components';
import {
  type ScanPurpose,
  type ScanSource,
  scanPurpose,
  scanSource,
} from '#shared/protocol/scanned-pages.ts';
import { words } from '../words/words.ts';

interface Props {
  readonly purpose: ScanPurpose;
  readonly source: ScanSource;
  /** Without examples: the pages need the place. */
  readonly short: boolean;
  readonly onPurpose: (purpose: ScanPurpose) => void;
  readonly onSource: (source: ScanSource) => void;
}

export function ScanChoice({ purpose, source, short, onPurpose, onSource }: Props) {
  return (
    <>
      <RadioGroup
        className="purposes"
        value={purpose}
        onChange={(value) => {
          const chosen = scanPurpose.safeParse(value);
          if (chosen.success) onPurpose(chosen.data);
        }}
      >
        <Label className="visually-hidden">{words.scan.purpose}</Label>
        {scanPurpose.options.map((one) => (
          <Radio key={one} value={one} className="purpose">
            <strong>{words.scan.purposes[one].name}</strong>
            {!short && <span>{words.scan.purposes[one].note}</span>}
          </Radio>
        ))}
      </RadioGroup>
      <label className="scan-source">
        {words.scan.source}
        <select
          value={source}
          onChange={(event) => {
            const chosen = scanSource.safeParse(event.target.value);
            if (chosen.success) onSource(chosen.data);
          }}
        >
          {scanSource.options.map((one) => (
            <option key={one} value={one}>
              {words.scan.sources[one]}
            </option>
          ))}
        </select>
      </label>
    </>
  );
}
