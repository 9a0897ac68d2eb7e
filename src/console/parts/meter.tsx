import { Label, ProgressBar } from 'react-aria-components';

interface Props {
  readonly label: string;
  /** 0 to 100; null while nobody can know. */
  readonly percent: number | null;
}

export function Meter({ label, percent }: Props) {
  return (
    <ProgressBar className="meter" {...(percent === null ? { isIndeterminate: true } : { value: percent })}>
      <Label>{label}</Label>
      <span className="meter-track">
        <span className="meter-fill" style={percent === null ? {} : { width: `${percent}%` }} />
      </span>
    </ProgressBar>
  );
}
