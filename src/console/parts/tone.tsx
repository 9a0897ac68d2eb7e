/** A state's tone is told by a shape as well as by a colour. */
export type Tone = 'good' | 'busy' | 'warn' | 'bad' | 'off';

const SHAPES: Readonly<Record<Tone, string>> = {
  good: 'M3.5 8.5 6.7 11.7 12.8 4.8',
  busy: 'M8 4v4.2l2.8 1.8',
  warn: 'M8 4.2v4.6M8 11.6v.4',
  bad: 'M5 5l6 6M11 5l-6 6',
  off: 'M4.5 8h7',
};

export function ToneMark({ tone }: { readonly tone: Tone }) {
  return (
    <svg className={`tone-mark ${tone}`} viewBox="0 0 16 16" aria-hidden="true">
      {tone === 'warn' ? (
        <path className="ground" d="M8 .8 15.6 14.6H.4z" />
      ) : (
        <circle className="ground" cx="8" cy="8" r="7.6" />
      )}
      <path className="sign" d={SHAPES[tone]} />
    </svg>
  );
}
