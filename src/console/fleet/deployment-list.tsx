/** Where calls are made, in the order in which they are tried, and what keeps one from being used. */
import type { DeploymentView } from '#shared/protocol/views.ts';
import { domainOf } from '#shared/room.ts';
import { ToneMark } from '../parts/tone.tsx';
import { duration, words } from '../words/words.ts';

interface Props {
  readonly deployments: readonly DeploymentView[];
  readonly now: number;
}

export function DeploymentList({ deployments, now }: Props) {
  const say = words.fleet.deployments;
  return (
    <section aria-labelledby="deployments-title">
      <h2 id="deployments-title">{say.title}</h2>
      <ol className="deployment-list">
        {deployments.map(({ origin, builtIn, trouble, missing }) => (
          <li key={origin} className="with-mark">
            <ToneMark tone={trouble ? 'bad' : missing.length > 0 ? 'warn' : 'good'} />
            <span>
              <strong>{builtIn ? say.builtIn : domainOf(origin)}</strong>
              {trouble && (
                <>
                  {' '}
                  {say.trouble[trouble.what]} {say.since(duration(now - trouble.since))}
                </>
              )}
              {missing.length > 0 && <span className="hint">{say.missing(missing.join(', '))}</span>}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
